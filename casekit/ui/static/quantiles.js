// Forecast rows: three numbers (10 %, middle, 90 %) and a line on which their handles can be dragged.
// Markup: .ck-quantile-row[data-max] with input[data-q=10|50|90], and .ck-track holding [data-handle=10|50|90] and .ck-band.

const quantiles = {
  dragging: null,

  input(field) {
    const row = field.closest?.(".ck-quantile-row");
    if (row) quantiles.draw(row);
  },

  refresh(root) {
    for (const row of root.querySelectorAll(".ck-quantile-row")) quantiles.draw(row);
  },

  fields(row) {
    return [10, 50, 90].map((q) => row.querySelector(`input[data-q="${q}"]`));
  },

  draw(row) {
    const max = Number(row.dataset.max);
    const [low, middle, high] = quantiles.fields(row);
    const at = (field) => (field && field.value !== "" ? Math.min(100, Math.max(0, (100 * Number(field.value)) / max)) : null);
    for (const [q, field] of [[10, low], [50, middle], [90, high]]) {
      const handle = row.querySelector(`[data-handle="${q}"]`);
      const place = at(field);
      if (handle) { handle.style.left = `${place ?? 50}%`; handle.classList.toggle("ck-unset", place === null); }
    }
    const band = row.querySelector(".ck-band");
    if (band) {
      const whole = at(low) !== null && at(high) !== null;
      band.style.left = whole ? `${at(low)}%` : "0";
      band.style.width = whole ? `${Math.max(0, at(high) - at(low))}%` : "0";
    }
    const values = [low, middle, high].map((field) => (field && field.value !== "" ? Number(field.value) : null));
    const wrong = values.some((v) => v !== null && (v < 0 || v > max))
      || (values.every((v) => v !== null) && !(values[0] <= values[1] && values[1] <= values[2]));
    for (const field of [low, middle, high]) field?.setAttribute("aria-invalid", String(wrong));
    row.classList.toggle("ck-wrong", wrong);
  },

  listen(root) {
    root.addEventListener("pointerdown", (event) => {
      const handle = event.target.closest("[data-handle]");
      if (!handle) return;
      quantiles.dragging = handle;
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    root.addEventListener("pointermove", (event) => {
      const handle = quantiles.dragging;
      if (!handle) return;
      const row = handle.closest(".ck-quantile-row");
      const track = row.querySelector(".ck-track").getBoundingClientRect();
      const max = Number(row.dataset.max);
      const step = Number(row.dataset.step || 1);
      const share = Math.min(1, Math.max(0, (event.clientX - track.left) / track.width));
      quantiles.place(row, Number(handle.dataset.handle), Math.round((share * max) / step) * step);
    });
    root.addEventListener("pointerup", () => { quantiles.dragging = null; });
    root.addEventListener("pointercancel", () => { quantiles.dragging = null; });
  },

  place(row, q, value) {
    const fields = quantiles.fields(row);
    const index = [10, 50, 90].indexOf(q);
    fields.forEach((field, i) => {
      if (i === index) field.value = String(value);
      else if (field.value !== "" && (i < index ? Number(field.value) > value : Number(field.value) < value)) field.value = String(value);
    });
    quantiles.draw(row);
    fields[index].dispatchEvent(new Event("input", { bubbles: true }));
  },
};
