-- Asks for the overview as of another date each time, so that no answer was ever made before.
-- Arguments, after wrk's --: the first day to ask for, in days after 2024-01-31.
local first, asked = 0, 0

function init(arguments)
    first = tonumber(arguments[1]) or 0
end

function request()
    local day = (first + asked) % 20000
    asked = asked + 1
    local date = os.date("!%Y-%m-%d", 1706659200 + day * 86400)
    return wrk.format("GET", wrk.path .. "?as-of=" .. date)
end
