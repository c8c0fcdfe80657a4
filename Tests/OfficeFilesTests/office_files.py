"""Makes and reads office files for the unit tests, with openpyxl and python-docx.

    office_files.py make-workbook varied|shared-formula|no-cached-values|million-rows FILE
    office_files.py read-workbook FILE                         prints JSON
    office_files.py read-document FILE                         prints JSON
    office_files.py fill FILE INTO                             takes a JSON list of changes on its standard input
"""

from __future__ import annotations

import copy
import datetime
import io
import json
import sys
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def make_workbook(kind: str, path: str) -> None:
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    if kind == "varied":
        sheet["A1"] = "Category"
        sheet["B1"] = CellRichText("Amount ", TextBlock(InlineFont(b=True), "in USD"))
        sheet["A2"] = "الموظَّفون 工作人员 é e\u0301 Персонал"
        sheet["B2"] = 8.7
        sheet["B3"] = 1234567890123.45
        sheet["B4"] = 1e21
        sheet["B5"] = -0.000001
        sheet["B6"] = True
        sheet["B7"] = datetime.date(2026, 3, 1)
        sheet["B8"] = "=SUM(B2:B3)"
        sheet["B9"] = "#DIV/0!"
        sheet["B9"].data_type = "e"
        sheet["D12"] = "merged"
        sheet.merge_cells("D12:F13")
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["D"].hidden = True
        hidden = book.create_sheet("Rates")
        hidden["A1"] = 7
        hidden.sheet_state = "hidden"
    elif kind == "no-cached-values":
        sheet["A1"] = "=1+1"
    elif kind == "million-rows":
        sheet["A1"] = 1
        book.save(path)
        rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 999983}</v></c></row>' for n in range(1, 1_000_001))
        replace(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(
            '<row r="1"><c r="A1" t="n"><v>1</v></c></row>', rows))
        return
    else:
        sys.exit(f"no such workbook: {kind}")
    book.save(path)


def replace(path: str, name: str, change) -> None:
    """Changes one file of an archive."""
    with zipfile.ZipFile(path) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    before = content[name].decode()
    after = change(before)
    assert after != before, name
    content[name] = after.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in content.items():
            archive.writestr(part, data)


def read_workbook(path: str) -> None:
    import openpyxl

    # As a stream: of a file it would look at the name.
    with open(path, "rb") as file:
        content = io.BytesIO(file.read())
    cached = openpyxl.load_workbook(content, data_only=True)
    book = openpyxl.load_workbook(content)
    result = []
    for sheet in book.worksheets:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                value = cached[sheet.title][cell.coordinate].value
                if value is None and cell.value is None:
                    continue
                cells[cell.coordinate] = {
                    "value": value.isoformat()[:10] if isinstance(value, (datetime.date, datetime.datetime)) else value,
                    # As a number it would be read back as binary; the shortest text that gives it is what was written.
                    "text": repr(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None,
                    "formula": cell.value if cell.data_type == "f" else None,
                    "format": cell.number_format,
                    "locked": cell.protection.locked,
                    "bold": bool(cell.font.b),
                }
                cells[cell.coordinate]["value"] = str(cells[cell.coordinate]["value"])
        result.append({
            "name": sheet.title, "cells": cells, "state": sheet.sheet_state, "protected": sheet.protection.sheet,
            "frozen": sheet.freeze_panes, "widths": {k: round(v.width) for k, v in sheet.column_dimensions.items()},
            "validations": [[str(v.sqref), v.formula1] for v in sheet.data_validations.dataValidation],
            "rightToLeft": bool(sheet.sheet_view.rightToLeft),
        })
    created = book.properties.created
    print(json.dumps({"title": book.properties.title, "created": int(created.replace(tzinfo=datetime.timezone.utc).timestamp()),
                      "sheets": result}))


def read_document(path: str) -> None:
    import docx

    document = docx.Document(path)
    root = document.element
    controls = []
    for control in root.iter(f"{{{W}}}sdt"):
        properties = control.find(f"{{{W}}}sdtPr")
        controls.append({
            "tag": properties.find(f"{{{W}}}tag").get(f"{{{W}}}val"),
            "name": properties.find(f"{{{W}}}alias").get(f"{{{W}}}val"),
            "text": "".join(node.text or "" for node in control.iter(f"{{{W}}}t")),
        })
    section = document.sections[0]
    print(json.dumps({
        "title": document.core_properties.title,
        "language": document.core_properties.language,
        "created": document.core_properties.created.isoformat(),
        "paragraphs": [[p.style.name, p.text] for p in document.paragraphs],
        "header": section.header.paragraphs[0].text,
        "footer": section.footer.paragraphs[0].text,
        "headerRows": [bool(t.rows[0]._tr.xpath("./w:trPr/w:tblHeader")) for t in document.tables],
        "rows": [len(t.rows) for t in document.tables],
        "controls": controls,
    }))


def fill(path: str, into: str) -> None:
    """Does what people and programs do to a form: each change names a control by its tag."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    root = etree.fromstring(content["word/document.xml"])
    for change in json.load(sys.stdin):
        control = next(c for c in root.iter(f"{{{W}}}sdt")
                       if c.find(f"{{{W}}}sdtPr/{{{W}}}tag").get(f"{{{W}}}val") == change["tag"])
        properties = control.find(f"{{{W}}}sdtPr")
        inner = control.find(f"{{{W}}}sdtContent")
        match change["do"]:
            case "write":
                showing = properties.find(f"{{{W}}}showingPlcHdr")
                if showing is not None and not change.get("keepsPrompt"):
                    properties.remove(showing)
                for child in list(inner):
                    inner.remove(child)
                fragment = etree.fromstring(f'<x xmlns:w="{W}" xmlns:w14="{W14}">{change["xml"]}</x>')
                inner.extend(list(fragment))
            case "check":
                properties.find(f"{{{W14}}}checkbox/{{{W14}}}checked").set(f"{{{W14}}}val", "1")
            case "keep-date":
                properties.find(f"{{{W}}}date").set(f"{{{W}}}fullDate", change["xml"])
            case "remove":
                control.getparent().remove(control)
            case "retag":
                properties.find(f"{{{W}}}tag").set(f"{{{W}}}val", change["xml"])
            case "duplicate":
                paragraph = etree.SubElement(root[0], f"{{{W}}}p")
                paragraph.append(copy.deepcopy(control))
            case "move-to-end":
                paragraph = etree.SubElement(root[0], f"{{{W}}}p")
                paragraph.append(control)
            case "delete-row":
                row = next(control.iterancestors(f"{{{W}}}tr"))
                mark = etree.fromstring(f'<w:trPr xmlns:w="{W}"><w:del w:id="900" w:author="A"/></w:trPr>')
                row.insert(0, mark)
            case other:
                sys.exit(f"no such change: {other}")
    content["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in content.items():
            archive.writestr(part, data)
    with open(into, "wb") as file:
        file.write(buffer.getvalue())


def main() -> None:
    match sys.argv[1:]:
        case ["make-workbook", kind, path]: make_workbook(kind, path)
        case ["read-workbook", path]: read_workbook(path)
        case ["read-document", path]: read_document(path)
        case ["fill", path, into]: fill(path, into)
        case _: sys.exit(__doc__)


main()
