// Arrow keys in the timeline: left and right inside a lane, up and down to the nearest mark of the next lane.
const lanes = [...document.querySelectorAll(".timeline .marks")].filter((lane) => lane.querySelector("a"));
const marks = (lane) => [...lane.querySelectorAll("a")];
const left = (mark) => mark.getBoundingClientRect().left;

for (const [number, lane] of lanes.entries()) {
  lane.addEventListener("keydown", (event) => {
    const mark = event.target.closest("a");
    const own = marks(lane);
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const across = lanes[number + ({ ArrowUp: -1, ArrowDown: 1 }[event.key] ?? NaN)];
    const nearest = (best, other) => (Math.abs(left(other) - left(mark)) < Math.abs(left(best) - left(mark)) ? other : best);
    const target = aside ? own[own.indexOf(mark) + aside] : across && marks(across).reduce(nearest);
    if (!target || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    target.focus();
  });
}
