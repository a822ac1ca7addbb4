-- From the HTML page to LaTeX: signs that its fonts lack, and the source line.

local signs = {
  ["−"] = "$-$", ["×"] = "$\\times$", ["∞"] = "$\\infty$", ["≤"] = "$\\leq$",
  ["≥"] = "$\\geq$", ["α"] = "$\\alpha$", ["χ"] = "$\\chi$", ["η"] = "$\\eta$",
  ["ω"] = "$\\omega$", ["ρ"] = "$\\rho$", ["τ"] = "$\\tau$", ["λ"] = "$\\lambda$",
  ["⁻"] = "$^{-}$", ["→"] = "$\\rightarrow$", ["'"] = "'",
  ["\u{200B}"] = "\\hspace{0pt}", ["\u{202F}"] = "\\,",
}
for place, digit in ipairs({ "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" }) do
  signs[digit] = "$^{" .. place - 1 .. "}$"
end

function Str(str)
  local parts, plain = pandoc.Inlines({}), ""
  for _, code in utf8.codes(str.text) do
    local sign = utf8.char(code)
    if signs[sign] then
      parts:extend({ pandoc.Str(plain), pandoc.RawInline("latex", signs[sign]) })
      plain = ""
    else
      plain = plain .. sign
    end
  end
  parts:insert(pandoc.Str(plain))
  return parts
end

local function raw(text)
  return pandoc.RawBlock("latex", text)
end

function Table(tbl)
  if tbl.classes:includes("landscape") then
    local small = tbl.classes:includes("dense") and "\\scriptsize" or ""
    return { raw("\\begin{landscape}" .. small), tbl, raw("\\end{landscape}") }
  end
  if tbl.classes:includes("dense") then return { raw("{\\scriptsize"), tbl, raw("}") } end
end

function Div(div)
  if div.classes:includes("source") then
    local line = div.content[1].content
    line:insert(1, pandoc.RawInline("latex", "{\\footnotesize\\noindent "))
    line:insert(pandoc.RawInline("latex", "\\par}"))
    return pandoc.Plain(line)
  end
end
