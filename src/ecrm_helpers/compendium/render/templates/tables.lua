-- Tables in every format: how they stand, and who gets how much of the line.

-- Numbers stand right, words left, as the page's classes say. A cell that spans
-- rows is there in the first of them only.
local function align(rows, heads, columns)
  for _, row in ipairs(rows) do
    for place, cell in ipairs(row.cells) do
      local right = place + columns - #row.cells > heads and not cell.classes:includes("words")
      cell.alignment = right and "AlignRight" or "AlignLeft"
    end
  end
end

-- LaTeX and Word read the alignment of a column, not of its cells.
local function align_columns(tbl)
  local row = tbl.bodies[1].body[1]
  if not row then return end
  for place, cell in ipairs(row.cells) do
    tbl.colspecs[place] = { cell.alignment, tbl.colspecs[place][2] }
  end
end

-- Letters on a line of an upright page, of a page across, and of both in small type;
-- fewer in an article of LaTeX's own: its lines are shorter, its letters larger.
local size = FORMAT:match("^latex") and 0.68 or 1
local upright, across, small, dense = 100 * size, 150 * size, 136 * size, 205 * size

-- How long the longest word and the longest text of each column are.
local function measured(tbl)
  local word, text = {}, {}
  local function measure(rows)
    for _, row in ipairs(rows) do
      for place, cell in ipairs(row.cells) do
        local content = pandoc.utils.stringify(cell.contents)
        text[place] = math.max(text[place] or 0, math.min(utf8.len(content), 70))
        for part in content:gmatch("%S+") do
          word[place] = math.max(word[place] or 0, math.min(utf8.len(part), 16))
        end
      end
    end
  end
  measure(tbl.head.rows)
  measure(tbl.bodies[1].body)
  return word, text
end

-- A table wider than a line: every column gets its longest word, and the rest
-- of the line goes where the text is long. Where the words alone fill the line,
-- the table is set in small type where it is short, and else goes across the page;
-- where they fill that too, in small type.
local function share_width(tbl)
  local word, text = measured(tbl)
  local words, texts, whole = 0, 0, 0
  for place, length in ipairs(text) do
    word[place] = (word[place] or 1) + 4
    words, texts = words + word[place], texts + math.max(length - word[place], 0)
  end
  if words + texts < upright then return end
  local short = words <= 125 * size and #tbl.bodies[1].body <= 14
  local room = words <= 92 * size and upright or short and small or across
  if room == across then tbl.classes:insert("landscape") end
  if room == small or words > across then tbl.classes:insert("dense") end
  if words > dense then tbl.classes:insert("broken") end
  local spare = texts > 0 and math.max(room - words, 0) / texts or 0
  for place, length in ipairs(text) do
    text[place] = word[place] + spare * math.max(length - word[place], 0)
    whole = whole + text[place]
  end
  for place, width in ipairs(text) do
    tbl.colspecs[place] = { tbl.colspecs[place][1], width / math.max(whole, room) }
  end
end

-- A path or a name may break after its marks, or it runs out of its column; a
-- word without any, where it is too long for every column, between all letters.
local function breakable(longest)
  return function(str)
    local text = str.text
    if #text <= longest and #text <= 16 then return end
    if utf8.len(text) > 16 then text = text:gsub("([/_.])(%w)", "%1\u{200B}%2") end
    if utf8.len(str.text) > longest and text == str.text then
      text = text:gsub(utf8.charpattern, "%0\u{200B}")
    end
    return pandoc.Str(text)
  end
end

-- What each line of a decision is about stands out; its hypothesis heads the box.
local function lead(tbl)
  local body = tbl.bodies[1].body
  for _, row in ipairs(body) do
    row.cells[1].contents = row.cells[1].contents:walk({ Plain = function(text)
      return pandoc.Plain({ pandoc.Strong(text.content) })
    end })
  end
  tbl.head.rows:insert(body:remove(1))
end

function Table(tbl)
  local decides = tbl.classes:includes("decision")
  if decides then lead(tbl) end
  for _, body in ipairs(tbl.bodies) do
    align(body.body, body.row_head_columns, #tbl.colspecs)
    align(tbl.head.rows, body.row_head_columns, #tbl.colspecs)
  end
  align_columns(tbl)
  if decides then
    tbl.colspecs[1][2], tbl.colspecs[2][2] = 0.28, 0.72
  else
    share_width(tbl)
  end
  local longest = tbl.classes:includes("broken") and 6 or 24
  return FORMAT ~= "docx" and tbl:walk({ Str = breakable(longest) }) or tbl
end

local function goes_across(block)
  return block.t == "Div" and block.content:find_if(function(inner)
    return inner.t == "Table" and inner.classes:includes("landscape")
  end)
end

-- Tables that go across the page and follow one another share its pages, and
-- their headings go with them.
local function gathered(blocks)
  local made = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    if goes_across(block) then
      local held = pandoc.Blocks({ block })
      while #made > 0 and made[#made].t == "Header" do held:insert(1, made:remove()) end
      local last = made[#made]
      if last and last.t == "Div" and last.classes:includes("across") then
        last.content:extend(held)
      else
        made:insert(pandoc.Div(held, { class = "across" }))
      end
    else
      if block.t == "Div" then block.content = gathered(block.content) end
      made:insert(block)
    end
  end
  return made
end

function Pandoc(doc)
  doc.blocks = gathered(doc.blocks)
  return doc
end
