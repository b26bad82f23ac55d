// The one script of a view. It patches the page, sends what was done, and decides nothing.
// Attributes it knows: data-send (act | choose) with data-act and data-*; data-panel (who is asked);
// data-draft (a field whose unfinished text is kept); data-keep (a fold whose state is the reader's own);
// data-on-change (a field that sends its deed when it changes).

const DRAFT_DELAY = 400;
const PATIENCE = 8000;

function fieldsOf(panel) {
  const form = {};
  for (const field of panel.querySelectorAll("input[name], select[name], textarea[name]")) {
    if (field.type === "checkbox") {
      (form[field.name] ??= []).push(...(field.checked ? [field.value] : []));
    } else if (field.type === "radio") {
      if (field.checked) form[field.name] = field.value;
    } else {
      form[field.name] = field.value;
    }
  }
  return form;
}

function patch(root, html) {
  Idiomorph.morph(root, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: true,
    callbacks: {
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.dataset?.keep),
    },
  });
}

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "ck-root";
  el.append(root);
  let draftTimer = null;
  let draftPanel = null;
  let waiting = null;

  const send = (message) => {
    model.send(message);
    clearTimeout(waiting);
    waiting = setTimeout(() => root.classList.add("ck-unanswered"), PATIENCE);
  };
  const answered = () => {
    clearTimeout(waiting);
    root.classList.remove("ck-unanswered");
    root.removeAttribute("aria-busy");
  };
  const panelOf = (node) => node.closest("[data-panel]");
  const flushDraft = () => {
    clearTimeout(draftTimer);
    if (draftPanel?.isConnected) {
      model.send({ kind: "draft", panel: draftPanel.dataset.panel, act: "draft", form: fieldsOf(draftPanel) });
    }
    draftPanel = null;
  };
  const deed = (node) => {
    const panel = panelOf(node);
    if (!panel || node.getAttribute("aria-disabled") === "true") return;
    flushDraft();
    root.setAttribute("aria-busy", "true");
    const { send: kind, act, ...data } = node.dataset;
    send({ kind, panel: panel.dataset.panel, act, data, form: fieldsOf(panel) });
  };

  root.addEventListener("click", (event) => {
    const node = event.target.closest("[data-send]");
    if (node && root.contains(node) && !("onChange" in node.dataset)) deed(node);
  });
  root.addEventListener("input", (event) => {
    shares.input(event.target);
    quantiles.input(event.target);
    if (event.target.closest("[data-draft]")) {
      draftPanel = panelOf(event.target);
      clearTimeout(draftTimer);
      draftTimer = setTimeout(flushDraft, DRAFT_DELAY);
    }
  });
  root.addEventListener("change", (event) => {
    if ("onChange" in event.target.dataset) deed(event.target);
  });
  root.addEventListener("focusout", () => { if (draftPanel) flushDraft(); });
  for (const name of ["keydown", "keyup", "keypress"]) {
    // JupyterLab's single-key commands must not fire while somebody types or uses a control here.
    root.addEventListener(name, (event) => { if (event.key !== "Escape") event.stopPropagation(); });
  }
  quantiles.listen(root);

  const refresh = () => {
    patch(root, model.get("html"));
    answered();
    shares.refresh(root);
    quantiles.refresh(root);
  };
  const told = (message) => {
    if (message.kind === "focus") {
      const target = root.querySelector(message.selector);
      if (target) { target.focus({ preventScroll: true }); root.scrollIntoView({ block: "start" }); }
    }
  };
  model.on("change:html", refresh);
  model.on("msg:custom", told);
  refresh();
  const idle = setTimeout(() => model.send({ kind: "idle" }), 3000);
  return () => {
    clearTimeout(idle);
    clearTimeout(waiting);
    flushDraft();
    model.off("change:html", refresh);
    model.off("msg:custom", told);
  };
}

export default { render };
