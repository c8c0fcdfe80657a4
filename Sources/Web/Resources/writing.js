// Saves what is typed by itself, counts words, adds up budgets and takes files that are dropped. Every page works without it.
"use strict";

for (const form of document.querySelectorAll("form.writing")) {
  const state = form.querySelector("[data-autosave-state]");
  const say = text => { if (state) state.textContent = text; };
  const pause = 3000;
  let timer = 0, isSaving = false, isChanged = false, isStopped = false, isRefused = false;

  const save = async () => {
    clearTimeout(timer);
    if (isSaving || isStopped || !isChanged) return;
    isSaving = true;
    isChanged = false;
    const data = new FormData(form);
    // Files are sent by the button, which says what becomes of them.
    for (const [name, value] of [...data]) if (value instanceof File || name.startsWith("remove.")) data.delete(name);
    data.set("step", form.dataset.autosave);
    say(form.dataset.saving);
    try {
      const response = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (answer.saved) {
        form.elements.revision.value = answer.revision;
        say(form.dataset.saved.replace("#", answer.at));
      } else if (answer.differing) {
        // What was typed is kept beside what somebody else saved; both are shown there.
        isStopped = true;
        say(form.dataset.differs + " ");
        const link = document.createElement("a");
        link.href = answer.look;
        link.textContent = form.dataset.look;
        state.append(link);
      } else {
        isRefused = true;
        say(form.dataset.unsaved + " " + answer.problem);
      }
    } catch {
      // It stays in the fields, and is sent again.
      isChanged = true;
      say(form.dataset.failed);
      timer = setTimeout(save, 4 * pause);
    } finally {
      isSaving = false;
      if (isChanged && !isStopped) timer = setTimeout(save, pause);
    }
  };

  const change = () => {
    isChanged = true;
    isRefused = false;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  form.addEventListener("input", event => { if (event.target.type !== "file") change(); });
  form.addEventListener("submit", () => { clearTimeout(timer); isStopped = true; });
  // Whoever leaves with something unsaved is asked whether they want to.
  window.addEventListener("beforeunload", event => { if ((isChanged || isRefused) && !isStopped) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}

for (const count of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(count.dataset.counts);
  if (!field) continue;
  const show = () => {
    const text = field.value;
    const length = count.dataset.unit === "words" ? (text.match(/\S+/gu) ?? []).length : [...text].length;
    count.textContent = count.dataset.sentence.replace("#", length.toLocaleString(document.documentElement.lang));
    count.classList.toggle("over", length > Number(count.dataset.limit));
  };
  field.addEventListener("input", show);
}

// Sums in minor units, as whole numbers: nothing is rounded but by the rule of the fund.
for (const form of document.querySelectorAll("form.grid")) {
  const places = Number(form.dataset.places);
  const scale = 10n ** BigInt(places);
  const indirect = new Set(form.dataset.indirect.split(" "));
  const [numerator, denominator] = form.dataset.rate ? form.dataset.rate.split("/").map(BigInt) : [0n, 1n];

  // Null for what cannot be read, or could be read in two ways, as the server has it.
  const read = typed => {
    const text = typed.replace(/[\s'’]/gu, "");
    if (text === "") return 0n;
    let plain = null;
    if (/^\d+$/.test(text)) plain = text;
    else if (/^\d{1,3}(,\d{3})*\.\d+$/.test(text) && text.includes(",")) plain = text.replaceAll(",", "");
    else if (/^\d{1,3}(\.\d{3})*,\d+$/.test(text) && text.includes(".")) plain = text.replaceAll(".", "").replace(",", ".");
    else if (/^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(text)) plain = text.replace(/[.,]/g, "");
    else if (/^\d+[.,]\d+$/.test(text) && !/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) plain = text.replace(",", ".");
    if (plain === null) return null;
    const [whole, fraction = ""] = plain.split(".");
    return fraction.length > places ? null : BigInt(whole) * scale + BigInt(fraction.padEnd(places, "0") || "0");
  };
  const write = amount => {
    const whole = (amount / scale).toLocaleString(document.documentElement.lang);
    const fraction = amount % scale;
    return fraction === 0n ? whole : whole + (1.5).toLocaleString(document.documentElement.lang)[1] + String(fraction).padStart(places, "0");
  };

  const show = () => {
    const sums = new Map(), direct = new Map(), given = new Map();
    const add = (map, key, amount) => map.set(key, (map.get(key) ?? 0n) + amount);
    for (const cell of form.querySelectorAll("input[data-cell]")) {
      const amount = read(cell.value);
      if (amount === null) cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
      if (!amount) continue;
      const [kind, first, second, year] = cell.name.split(".");
      if (kind === "b") {
        for (const key of [`b.${first}.${second}`, `b.${first}`, `y.${first}.${year}`]) add(sums, key, amount);
        add(indirect.has(second) ? given : direct, first, amount);
      } else {
        for (const key of [`o.${first}`, `p.${second}`, "o"]) add(sums, key, amount);
      }
    }
    const ids = [...new Set([...direct.keys(), ...given.keys()])].sort();
    const bases = ids.map(id => given.has(id) ? 0n : direct.get(id) ?? 0n);
    const base = bases.reduce((sum, amount) => sum + amount, 0n);
    const all = base * numerator / denominator;
    const parts = bases.map(amount => base ? all * amount / base : 0n);
    let left = Number(all - parts.reduce((sum, amount) => sum + amount, 0n));
    const byLoss = ids.map((_, index) => index).sort((one, other) => {
      const [a, b] = [one, other].map(index => base ? all * bases[index] % base : 0n);
      return a < b ? 1 : a > b ? -1 : one - other;
    });
    for (const index of byLoss) if (left-- > 0) parts[index] += 1n;
    ids.forEach((id, index) => {
      const own = given.get(id) ?? parts[index];
      sums.set(`d.${id}`, direct.get(id) ?? 0n);
      sums.set(`i.${id}`, own);
      sums.set(`t.${id}`, (direct.get(id) ?? 0n) + own);
      add(sums, "d", direct.get(id) ?? 0n);
      add(sums, "i", own);
      add(sums, "t", (direct.get(id) ?? 0n) + own);
    });
    for (const place of form.querySelectorAll("[data-sum]")) {
      const sum = sums.get(place.dataset.sum);
      place.textContent = sum ? write(sum) : "";
    }
  };
  form.addEventListener("input", show);
}

for (const place of document.querySelectorAll("[data-drop]")) {
  const field = place.querySelector("input[type=file]");
  if (!field) continue;
  const hint = document.createElement("p");
  hint.className = "help drop-hint";
  hint.textContent = place.dataset.drop;
  field.after(hint);
  const over = isOver => place.classList.toggle("dropping", isOver);
  place.addEventListener("dragover", event => { event.preventDefault(); over(true); });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", event => {
    event.preventDefault();
    over(false);
    const chosen = new DataTransfer();
    // Where several are taken, what was chosen before stays.
    const files = field.multiple ? [...field.files, ...event.dataTransfer.files] : [...event.dataTransfer.files].slice(0, 1);
    for (const file of files) chosen.items.add(file);
    field.files = chosen.files;
  });
}

// A file that is dropped beside its place would be opened instead of the page, with all that was typed.
if (document.querySelector("[data-drop]")) {
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, event => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  }
}
