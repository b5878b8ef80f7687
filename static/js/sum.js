// Keeps the sum of a table of numbers while one types; the server reckons it again.
const table = document.querySelector("[data-sum]");
table.addEventListener("input", () => {
  const numbers = [...table.querySelectorAll("input.num")].map((input) => input.value.trim()).filter((text) => /^\d+$/.test(text));
  table.querySelector("[data-total]").textContent = numbers.reduce((sum, text) => sum + Number(text), 0).toLocaleString("de-DE").replaceAll(".", "\u202f");
});
