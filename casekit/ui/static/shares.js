// A board whose rows share out 100 %: slider and number of a row stay equal, the sum is always shown.
// Markup: .ck-shares holds rows with input[type=range] and input[type=number][name]; [data-sum], [data-sum-word].

const shares = {
  input(field) {
    const row = field.closest?.(".ck-share");
    if (!row) return;
    const twin = row.querySelector(field.type === "range" ? "input[type=number]" : "input[type=range]");
    if (twin) twin.value = field.value;
    shares.refresh(field.closest(".ck-panel") ?? document);
  },

  refresh(root) {
    for (const board of root.querySelectorAll(".ck-shares")) {
      let total = 0;
      for (const field of board.querySelectorAll("input[type=number]")) {
        const range = field.closest(".ck-share")?.querySelector("input[type=range]");
        // a slider being dragged leads, also when an older answer has just redrawn its number
        if (range === document.activeElement && Math.abs(range.value - field.value) > 0.5) field.value = range.value;
        const value = Number(field.value || 0);
        const wrong = !(value >= 0 && value <= 100);
        field.toggleAttribute("data-wrong", wrong);
        field.setAttribute("aria-invalid", String(wrong));
        total += value;
        if (range && document.activeElement !== range) range.value = field.value || 0;
        if (range) {
          range.style.setProperty("--ck-filled", `${Math.min(100, Math.max(0, value))}%`);
          range.setAttribute("aria-valuetext", `${value} percent${range.dataset.was ? `, was ${range.dataset.was}` : ""}`);
        }
      }
      shares.say(board, Math.round(total * 10) / 10);
    }
  },

  say(board, total) {
    const panel = board.closest(".ck-panel") ?? board;
    const left = Math.round((100 - total) * 10) / 10;
    const fits = Math.abs(left) <= 0.5;
    const sum = panel.querySelector("[data-sum]");
    const word = panel.querySelector("[data-sum-word]");
    if (sum) sum.textContent = `${total} %`;
    if (word) {
      word.textContent = fits ? "✓ Adds up. Nothing left to give."
        : left > 0 ? `${left} % left to give. Raise a row, or give it to Something else.`
          : `${-left} % too much. Lower a row.`;
      word.className = fits ? "ck-sum-ok" : "ck-sum-off";
    }
    const commit = panel.querySelector("[data-act=commit_estimate]");
    if (commit) commit.setAttribute("aria-disabled", String(!fits));
  },
};
