-- From the HTML page to Typst: what pandoc does not carry over by itself.

-- A formula needs a text alternative (PDF/UA): its source says what it is.
function Math(formula)
  local written = pandoc.write(pandoc.Pandoc(pandoc.Plain(formula)), "typst")
  local body = written:gsub("%s+$", "")
  local alt = formula.text:gsub("\\", "\\\\"):gsub('"', '\\"')
  local block = formula.mathtype == "DisplayMath" and "true" or "false"
  return pandoc.RawInline("typst", '#math.equation(block: ' .. block .. ', alt: "' .. alt .. '", ' .. body .. ')')
end

-- pandoc's own Typst picture has no text alternative. Pictures come inside the
-- page; Typst wants files.
function Image(image)
  local mime, content = pandoc.mediabag.fetch(image.src)
  local ending = ({ ["image/svg+xml"] = "svg", ["image/jpeg"] = "jpg" })[mime] or "png"
  local name = pandoc.utils.sha1(content) .. "." .. ending
  local file = assert(io.open(name, "wb"))
  file:write(content)
  file:close()
  local alt = pandoc.utils.stringify(image.caption):gsub("\\", "\\\\"):gsub('"', '\\"')
  -- A tall chart leaves room for its heading and its caption.
  local width, height = content:match('width="([%d.]+)pt" height="([%d.]+)pt"')
  if not width then height, width = content:match('height="([%d.]+)pt".-width="([%d.]+)pt"') end
  local tall = width and tonumber(height) / tonumber(width) > 1.1
  local size = tall and string.format(", width: %d%%", math.floor(110 * tonumber(width) / tonumber(height))) or ""
  return pandoc.RawInline("typst", '#image("' .. name .. '", alt: "' .. alt .. '"' .. size .. ')')
end

-- A short table stays on one page with its source.
local function keep_together(div)
  local rows = 0
  div:walk({ Table = function(tbl) rows = rows + #tbl.bodies[1].body end })
  return rows <= 14
end

local function has(class)
  return function(block) return block.t == "Table" and block.classes:includes(class) end
end

-- Boxes of the page that Typst's template knows by the same name.
function Div(div)
  if div.content:find_if(has("dense")) then div.content:insert(1, pandoc.RawBlock("typst", "#show: small")) end
  if div.content:find_if(has("landscape")) then
    div.content:insert(1, pandoc.RawBlock("typst", "#page(flipped: true)["))
    div.content:insert(pandoc.RawBlock("typst", "]"))
    return div.content
  end
  if div.classes:includes("table") and keep_together(div) then
    div.content:insert(1, pandoc.RawBlock("typst", "#block(breakable: false, width: 100%)["))
    div.content:insert(pandoc.RawBlock("typst", "]"))
    return div.content
  end
  for _, class in ipairs({ "source", "notice", "strip", "blank", "band" }) do
    if div.classes:includes(class) then
      div.content:insert(1, pandoc.RawBlock("typst", "#" .. class .. "["))
      div.content:insert(pandoc.RawBlock("typst", "]"))
      return div.content
    end
  end
end
