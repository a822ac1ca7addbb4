"use strict";
// Steps through the pairs in the data block of this page; computes nothing.
const data = JSON.parse(document.getElementById("pairs-data").textContent);
const which = document.getElementById("which");
const buttons = { before: -1, after: 1 };
const most = Math.max(...data.pairs.flatMap((pair) => pair.counts.flat()));

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// One bar for each point, its height the count; what it shows is said too.
function draw(svg, counts, group) {
  const wide = 420 / data.points.length;
  const make = (kind, set, text) => {
    const part = document.createElementNS(svg.namespaceURI, kind);
    Object.entries(set).forEach(([name, value]) => part.setAttribute(name, value));
    part.textContent = text;
    return part;
  };
  svg.replaceChildren(...counts.flatMap((n, place) => {
    const high = 100 * n / most, middle = { x: (place + 0.5) * wide, "text-anchor": "middle", "font-size": 13, fill: "currentColor" };
    return [
      make("rect", { x: place * wide + 4, width: wide - 8, height: high, y: 120 - high, fill: "#0072B2" }, ""),
      make("text", { ...middle, y: 116 - high }, n),
      make("text", { ...middle, y: 136 }, data.points[place]),
    ];
  }));
  const said = counts.map((n, place) => filled(data.bar, { n, point: data.points[place], group }));
  svg.setAttribute("aria-label", said.join(" "));
}

function show() {
  const pair = data.pairs[which.value - 1];
  document.querySelectorAll("[data-value]").forEach((cell) => { cell.textContent = pair.groups[cell.dataset.group][cell.dataset.value]; });
  document.querySelectorAll("[data-point]").forEach((cell) => { cell.textContent = pair.counts[cell.dataset.group][cell.dataset.point]; });
  document.querySelectorAll("[data-test]").forEach((cell) => { cell.textContent = pair.p[cell.dataset.test]; });
  document.querySelectorAll("svg[data-group]").forEach((svg) => draw(svg, pair.counts[svg.dataset.group], data.groups[svg.dataset.group]));
  document.getElementById("status").textContent = filled(data.status, { i: which.value, k: data.pairs.length, p: pair.p[0] });
}

Object.entries(buttons).forEach(([id, step]) => {
  const button = document.getElementById(id);
  button.hidden = false;
  button.addEventListener("click", () => { which.value = Number(which.value) + step; show(); });
});
which.parentElement.hidden = false;
which.addEventListener("input", show);
show();
