-- From the HTML page to LaTeX: signs that its fonts lack, and the source line.

local signs = {
  ["−"] = "$-$", ["×"] = "$\\times$", ["∞"] = "$\\infty$", ["≤"] = "$\\leq$",
  ["≥"] = "$\\geq$", ["≠"] = "$\\neq$", ["≈"] = "$\\approx$", ["√"] = "$\\surd$", ["µ"] = "$\\mu$",
  ["⁻"] = "$^{-}$", ["→"] = "$\\rightarrow$", ["'"] = "'",
  ["ᵉ"] = "\\textsuperscript{e}", ["ʳ"] = "\\textsuperscript{r}",
  ["\u{200B}"] = "\\hspace{0pt}", ["\u{202F}"] = "\\,",
}
for place, letter in ipairs({ "alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota",
  "kappa", "lambda", "mu", "nu", "xi", "o", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "varphi", "chi",
  "psi", "omega" }) do
  signs[utf8.char(0x3B0 + place)] = letter == "o" and "$o$" or "$\\" .. letter .. "$"
end
for letter, name in pairs({ ["Γ"] = "Gamma", ["Δ"] = "Delta", ["Π"] = "Pi", ["Σ"] = "Sigma", ["Φ"] = "Phi", ["Ω"] = "Omega" }) do
  signs[letter] = "$\\" .. name .. "$"
end
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

-- A table goes across the page, or into small type, together with its source.
function Div(div)
  if div.classes:includes("source") then
    local line = div.content[1].content
    line:insert(1, pandoc.RawInline("latex", "{\\footnotesize\\noindent "))
    line:insert(pandoc.RawInline("latex", "\\par}"))
    return pandoc.Plain(line)
  end
  local tbl = div.content:find_if(function(block) return block.t == "Table" end)
  local small = tbl and tbl.classes:includes("dense") and "\\scriptsize" or ""
  if tbl and tbl.classes:includes("landscape") then
    div.content:insert(1, raw("\\begin{landscape}" .. small))
    div.content:insert(raw("\\end{landscape}"))
  elseif small ~= "" then
    div.content:insert(1, raw("{" .. small))
    div.content:insert(raw("}"))
  end
  return div
end
