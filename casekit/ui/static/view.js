// The one script of a view. It patches the page, sends what was done, and decides nothing.
// Attributes it knows: data-send (act | choose) with data-act and data-*; data-panel (who is asked);
// data-draft (a field whose unfinished text is kept); data-keep (a fold whose state is the reader's own);
// data-on-change (a field that sends its deed when it changes).

const DRAFT_DELAY = 400;
const PATIENCE = 8000;
const TYPED = "input:not([type=checkbox], [type=radio], [type=range]), textarea";

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
    callbacks: {
      // the field somebody is typing in keeps its text and its caret
      beforeNodeMorphed: (node) => !(node === document.activeElement && node.matches(TYPED)),
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
  let sent = 0;
  // What was typed and is not yet in an answered message; an answer to older text must not undo it.
  const unanswered = new Map();

  const send = (message) => {
    sent += 1;
    for (const entry of unanswered.values()) entry.message ??= sent;
    model.send({ ...message, seq: sent });
    clearTimeout(waiting);
    if (message.kind !== "draft") waiting = setTimeout(() => root.classList.add("ck-unanswered"), PATIENCE);
  };
  const remember = (field) => {
    if (!field.name) return;
    const key = ["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name;
    if (field.type === "radio") {
      for (const other of [...unanswered.keys()]) if (other.startsWith(`${field.name}=`)) unanswered.delete(other);
    }
    unanswered.set(key, { field, value: field.value, checked: field.checked });
  };
  const restore = () => {
    for (const [key, entry] of unanswered) {
      if (entry.message <= model.get("seen") || !entry.field.isConnected) unanswered.delete(key);
      else if (entry.field.type === "checkbox" || entry.field.type === "radio") entry.field.checked = entry.checked;
      else if (entry.field.value !== entry.value) entry.field.value = entry.value;
    }
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
      send({ kind: "draft", panel: draftPanel.dataset.panel, act: "draft", form: fieldsOf(draftPanel) });
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
    remember(event.target);
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
    restore();
    answered();
    shares.refresh(root);
    quantiles.refresh(root);
  };
  const told = (message) => {
    if (message.kind === "download") {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([message.text], { type: "text/html" }));
      link.download = message.name;
      link.click();
      URL.revokeObjectURL(link.href);
    }
    if (message.kind === "focus") {
      const target = root.querySelector(message.selector);
      if (target) { target.focus({ preventScroll: true }); root.scrollIntoView({ block: "start" }); }
    }
  };
  const heard = () => { restore(); answered(); };
  model.on("change:html", refresh);
  model.on("change:seen", heard);
  model.on("msg:custom", told);
  refresh();
  const idle = setTimeout(() => model.send({ kind: "idle", panel: "frame" }), 3000);
  return () => {
    clearTimeout(idle);
    clearTimeout(waiting);
    flushDraft();
    model.off("change:html", refresh);
    model.off("change:seen", heard);
    model.off("msg:custom", told);
  };
}

export default { render };
