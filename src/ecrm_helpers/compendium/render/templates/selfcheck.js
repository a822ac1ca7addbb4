"use strict";
// Recomputes, in the reader's browser, what the thesis prints. It shares
// nothing with the package: own sums, own distributions, own rule of rounding.
// It reads the data block of this page and asks the network for nothing.

// --- Distributions

// ln Γ(x) for x > 0: Lanczos's approximation with g = 7 and nine terms.
function lnGamma(x) {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  let series = 0.99999999999980993;
  terms.forEach((term, i) => { series += term / (x + i); });
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

// Regularised incomplete beta I_x(a, b). y is 1 - x: the caller knows it exactly.
function incompleteBeta(x, y, a, b) {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  const lnBeta = lnGamma(a) + lnGamma(b) - lnGamma(a + b);
  const front = Math.exp(a * Math.log(x) + b * Math.log(y) - lnBeta) / a;
  return front / betaFraction(x, a, b);
}

// The continued fraction of I_x(a, b) (DLMF 8.17.22), by Lentz's method.
function betaFraction(x, a, b) {
  const tiny = 1e-300;
  let whole = 1, upper = 1, lower = 0;
  for (let step = 1; step <= 20000; step++) {
    const m = Math.floor(step / 2);
    const part = step % 2
      ? -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
      : (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    lower = 1 / (1 + part * lower || tiny);
    upper = 1 + part / upper || tiny;
    whole *= upper * lower;
    if (Math.abs(upper * lower - 1) < 1e-16) break;
  }
  return whole;
}

function pOfT(t, df) {
  const all = df + t * t;
  return incompleteBeta(df / all, (t * t) / all, df / 2, 0.5);
}

function pOfF(f, df1, df2) {
  const all = df2 + df1 * f;
  return incompleteBeta(df2 / all, (df1 * f) / all, df2 / 2, df1 / 2);
}

// The t that |T| exceeds with probability p: bracketed, then halved.
function tQuantile(p, df) {
  let low = 0, high = 1;
  while (pOfT(high, df) > p) high *= 2;
  while (true) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (pOfT(middle, df) > p) low = middle; else high = middle;
  }
}

// --- Statistics

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;

// Sum of products of deviations from the means.
function products(xs, ys) {
  const mx = mean(xs), my = mean(ys);
  return sum(xs.map((x, i) => (x - mx) * (ys[i] - my)));
}

function describe(values) {
  const n = values.length, middle = mean(values);
  const sd = Math.sqrt(products(values, values) / (n - 1)), se = sd / Math.sqrt(n);
  const half = tQuantile(0.05, n - 1) * se; // the thesis prints 95 % intervals
  return {
    n, mean: middle, sd, se, low: middle - half, high: middle + half,
    min: Math.min(...values), max: Math.max(...values),
  };
}

function anova(groups) {
  const all = groups.flat();
  const within = sum(groups.map((group) => products(group, group)));
  const between = sum(groups.map((g) => g.length * (mean(g) - mean(all)) ** 2));
  const df1 = groups.length - 1, df2 = all.length - groups.length;
  const f = between / df1 / (within / df2);
  return {
    ss_between: between, df_between: df1, ms_between: between / df1,
    ss_within: within, df_within: df2, ms_within: within / df2,
    ss_total: products(all, all), df_total: all.length - 1,
    f, p: pOfF(f, df1, df2),
  };
}

function pearson(xs, ys) {
  return products(xs, ys) / Math.sqrt(products(xs, xs) * products(ys, ys));
}

function correlation(xs, ys) {
  const r = pearson(xs, ys), df = xs.length - 2;
  const p = pOfT(r * Math.sqrt(df / (1 - r * r)), df);
  const shared = 100 * r * r;
  return { r, p, n: xs.length, r_self: pearson(xs, xs), "shared_variance.percent": shared };
}

function frequencies(answers, levels) {
  const counts = levels.map((level) => answers.filter((answer) => answer === level).length);
  const percents = counts.map((n) => (100 * n) / answers.length);
  const found = { "total.n": sum(counts), "total.percent": sum(percents) };
  levels.forEach((level, i) => {
    found[`${level}.n`] = counts[i];
    found[`${level}.percent`] = percents[i];
  });
  return found;
}

// Everything recomputed, each under the name of its quantity.
function recompute({ levels, distributions, correlated, compared }) {
  const found = { "sample.n": compared.length };
  const name = (prefix, values) => {
    for (const [key, value] of Object.entries(values)) found[`${prefix}.${key}`] = value;
  };
  for (const [question, answers] of Object.entries(distributions))
    name(question, frequencies(answers, levels[question]));
  name("h2", correlation(correlated.map(([x]) => x), correlated.map(([, y]) => y)));
  const groups = levels.compared.map((level) => {
    const scores = compared.filter(([group]) => group === level).map(([, score]) => score);
    name(`h3.${level}`, describe(scores));
    return scores;
  });
  name("h3.total", describe(compared.map(([, score]) => score)));
  name("h3", anova(groups));
  return found;
}

// --- Agreement

const printedNumber = (text) => /[-−]?(?:\d+(?:[.,]\d+)?|[.,]\d+)/.exec(text)[0];
const decimals = (number) => (number.split(/[.,]/)[1] ?? "").length;

// A printed number stands for half a unit of its last digit to each side; a
// tie may have been rounded either way.
function standsFor(text, value) {
  const number = printedNumber(text);
  const printed = Number(number.replace(",", ".").replace("−", "-"));
  const half = 0.5 * 10 ** -decimals(number);
  return Math.abs(value - printed) <= half + 1e-12 * Math.max(1, Math.abs(printed));
}

// The package gives a value, or the two ends of what rounding leaves of it.
function equalsPackage(ends, value) {
  const slack = 1e-9 * Math.abs(value);
  return value >= Math.min(...ends) - slack && value <= Math.max(...ends) + slack;
}

function outcome(row, value) {
  if (!equalsPackage(row.packaged, value)) return "differs_from_package";
  if (standsFor(row.printed, value) !== row.agrees) return "differs_from_print";
  if (!row.agrees) return "declared";
  return row.built_in ? "built_in" : "agrees";
}

// --- The page

function written(value, places, edition, lead) {
  const small = value !== 0 && Math.abs(value) < 1e-5;
  const whole = Number.isInteger(value) && places === 0;
  const text = small ? value.toExponential(1) : value.toFixed(whole ? 0 : places + 2);
  if (edition === "fr") return text.replace("-", "−").replace(".", ",");
  return (lead ? text : text.replace(/^(-?)0\./, "$1.")).replace("-", "−");
}

const fill = (text, blanks) => text.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);

function packagedText({ packaged: [low, high] }, write, words) {
  if (high === undefined) return write(low);
  return fill(words.range, { low: write(low), high: write(high) });
}

function shown({ edition, words }, row, value) {
  const places = decimals(printedNumber(row.printed));
  const write = (one) => written(one, places, edition, row.lead);
  const result = outcome(row, value);
  const line = document.createElement("tr");
  Object.assign(line.dataset, { id: row.id, outcome: result });
  const packaged = packagedText(row, write, words);
  const texts = [row.item, row.place, row.printed, packaged, write(value), words[result]];
  texts.forEach((text, column) => {
    const cell = document.createElement(column ? "td" : "th");
    if (!column) cell.scope = "row";
    if (column === 1 || column === 5) cell.className = "words";
    cell.textContent = text;
    line.append(cell);
  });
  return line;
}

function totals(lines) {
  const count = (...kinds) => lines.filter((l) => kinds.includes(l.dataset.outcome)).length;
  return {
    n: lines.length,
    agree: count("agrees", "built_in"),
    built_in: count("built_in"),
    declared: count("declared"),
    wrong: count("differs_from_package", "differs_from_print"),
  };
}

function verify() {
  const data = JSON.parse(document.getElementById("selfcheck-data").textContent);
  const found = recompute(data);
  const rows = data.rows.filter((row) => row.quantity in found);
  const lines = rows.map((row) => shown(data, row, found[row.quantity]));
  const table = document.getElementById("selfcheck-table");
  table.querySelector("tbody").replaceChildren(...lines);
  table.hidden = false;
  const total = document.getElementById("selfcheck-total");
  total.textContent = fill(data.words.total, totals(lines));
}

const button = document.getElementById("selfcheck-button");
button.hidden = false; // without JavaScript there is no button that does nothing
button.addEventListener("click", verify);
