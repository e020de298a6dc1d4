/* The advice chat: one web component, no framework, no build step.
 *
 *   <script src="https://advice.example/widget.js" defer></script>
 *
 * Options, as attributes of that line:
 *   data-title, data-colour, data-language ("en", "cy"), data-position ("right" or "left"),
 *   data-questions ("First one|Second one"), data-contact-phone, data-contact-email,
 *   data-server (where the app is; default: where this file came from),
 *   data-full-page (a CSS selector: fill that element instead of opening from a button).
 *
 * Under a strict content security policy the host page needs only this server in
 * script-src and connect-src: styles are constructed sheets and no HTML is ever parsed.
 */
(() => {
  "use strict";
  if (customElements.get("advice-chat")) return;

  // ---- Settings -------------------------------------------------------------------------

  const script = document.currentScript;
  const options = script.dataset;
  const server = new URL(options.server || ".", script.src).href.replace(/\/?$/, "/");
  const language = options.language || "en";
  const fullPage = "fullPage" in options;
  const LIMIT = 1000; // characters in a message; the server's default
  const SLOW = 7; // seconds before we say that it takes long
  const TIMEOUT = 40; // seconds before a request counts as lost
  const PAUSE = 1.5; // seconds before the one retry
  // What the server knows to say when even the wording cannot be fetched; it fills this in.
  const fallback = /*fallback*/ null;

  // ---- Styles ---------------------------------------------------------------------------

  const css = `
.root{all:initial;color-scheme:light dark;font:medium/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
 --page:#fff;--text:#18222c;--soft:#4b5966;--line:#d3dae0;--edge:#6a7783;--surface:#f3f6f8;--link:#0b5394;
 --mark:#ffe69c;--warn:#fff4d6;--warn-text:#453200;--urgent:#a4133c;--good:#17663a;color:var(--text)}
@media(prefers-color-scheme:dark){.root{--page:#151b21;--text:#e9eef2;--soft:#b0bcc7;--line:#38444f;--edge:#8b98a5;
 --surface:#212a33;--link:#93cbff;--mark:#665200;--warn:#3a3010;--warn-text:#ffe9b0;--urgent:#ff8fa8;--good:#86dba9}}
.full{display:flex;flex-direction:column;height:100%;color:var(--text)}
*{box-sizing:border-box}
[hidden]{display:none!important}
.sr:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
p,ul,ol,h2,h3,h4,blockquote,figure,dl,dd,fieldset{margin:0;padding:0;border:0;list-style:none;min-width:0}
h2,h3,h4{font-size:1em;font-weight:650;line-height:1.3}
a{color:var(--link);text-underline-offset:2px}
button,input,textarea{font:inherit;color:inherit}
:focus{outline:none}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:6px}
button{min-height:36px;padding:5px 12px;border:1px solid var(--edge);border-radius:8px;background:var(--page);
 color:var(--text);cursor:pointer;text-align:start}
button:hover{background:var(--surface)}
button[aria-disabled=true]{opacity:.75;cursor:default}
.main{background:var(--accent);color:var(--ink);border-color:transparent;font-weight:600}
.main:hover{background:var(--accent);text-decoration:underline;text-underline-offset:3px}
.plain{border-color:transparent;background:none;color:var(--link);text-decoration:underline;text-underline-offset:2px;padding:5px 6px}
svg{width:1.35em;height:1.35em;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;flex:none;display:block}

.launcher{position:fixed;bottom:20px;inset-inline-end:20px;z-index:2147483000;display:flex;gap:10px;align-items:center;
 min-height:52px;padding:10px 20px;border:2px solid var(--ink);border-radius:30px;box-shadow:0 3px 14px #0005}
.left .launcher,.left dialog.panel{inset-inline:20px auto}
.panel{display:flex;flex-direction:column;background:var(--page);color:var(--text);overflow:hidden}
dialog.panel{position:fixed;inset:auto 20px 20px auto;z-index:2147483000;width:min(420px,calc(100vw - 40px));
 height:min(700px,calc(100dvh - 40px));max-width:none;max-height:none;margin:0;padding:0;border:1px solid var(--edge);
 border-radius:14px;box-shadow:0 10px 40px #0006}
dialog:not([open]){display:none}
section.panel{flex:1;min-height:0;position:relative}
.bar{display:flex;align-items:center;gap:4px;padding:8px 8px 8px 16px;background:var(--accent);color:var(--ink)}
.bar h2{flex:1;font-size:1.05em}
.bar button{background:none;border-color:transparent;color:inherit;min-height:40px;min-width:40px;padding:8px;display:flex;gap:6px;align-items:center}
.bar :focus-visible,.launcher:focus-visible{outline-color:var(--ink);outline-offset:-4px}
.bar button:hover{text-decoration:underline}
.menu{display:flex;flex-wrap:wrap;gap:8px;padding:12px 16px;background:var(--surface);border-bottom:1px solid var(--line)}
.log{flex:1;overflow:auto;padding:16px;overscroll-behavior:contain;overflow-wrap:break-word;scroll-padding:12px}
.full .log>*,.full .foot>*{max-width:44em;margin-inline:auto}
.log:focus-visible{outline-offset:-4px}
.welcome{display:grid;gap:14px}
.welcome:not(:last-child){margin-bottom:20px}
.privacy{padding:10px 14px;border-inline-start:4px solid var(--accent);background:var(--surface);font-size:.92em}
.choices{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
.turn{display:grid;gap:10px;margin-bottom:20px}
.me{justify-self:end;max-width:88%;padding:8px 14px;border-radius:14px 14px 3px 14px;background:var(--accent);color:var(--ink);white-space:pre-wrap;border:1px solid transparent}
.bot{padding:12px 16px;border-radius:3px 14px 14px 14px;background:var(--surface);border:1px solid var(--line);display:grid;gap:12px}
.urgent{border:2px solid var(--urgent)}
.text{display:grid;gap:8px}
.text ul{padding-inline-start:1.2em}
.text li{list-style:disc;margin-bottom:3px}
blockquote.text{border-inline-start:3px solid var(--accent);padding-inline-start:12px}
.notice{background:var(--warn);color:var(--warn-text);padding:8px 12px;border-radius:8px;border:1px solid transparent}
.source{padding-top:10px;border-top:1px solid var(--line);font-size:.92em}
.source cite{font-style:normal;font-weight:650}
.soft{color:var(--soft);font-size:.92em}
.row{display:flex;flex-wrap:wrap;gap:6px 8px;align-items:center}
.tools{font-size:.92em;border-top:1px solid var(--line);padding-top:8px}
.contact{display:grid;gap:8px}
.contact a{font-weight:650;display:inline-block;padding:2px 0;min-height:24px}
.contact dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px}
.contact ul.dots{padding-inline-start:1.2em}
.dots li{list-style:disc}
.open{font-weight:600}
.open.yes{color:var(--good)}
.thinking{display:flex;gap:10px;align-items:center;color:var(--soft)}
.thinking i{width:8px;height:8px;border-radius:50%;background:currentColor;animation:beat 1.2s infinite;margin-inline-end:-5px}
.thinking i+i{animation-delay:.2s}.thinking i+i+i{animation-delay:.4s;margin:0}
@keyframes beat{30%{opacity:.25}}
.foot{padding:10px 16px 14px;border-top:1px solid var(--line);background:var(--page)}
.say{font-size:.92em;padding:6px 16px;background:var(--surface);border-top:1px solid var(--line)}
.say.sr{padding:0}
label,legend{font-weight:600;display:block}
.ask{display:grid;grid-template-columns:1fr auto;gap:4px 8px;align-items:end}
.ask label,.ask .error{grid-column:1/-1;font-size:.92em}
textarea,input:not([type=radio],[type=checkbox]){width:100%;padding:8px 10px;border:1px solid var(--edge);border-radius:8px;background:var(--page);font-size:max(1em,16px)}
textarea{field-sizing:content;min-height:2.9em;max-height:9em;resize:vertical;display:block}
.ask button{min-height:44px;display:flex;gap:8px;align-items:center}
[aria-invalid=true]{border:2px solid var(--urgent)!important}
.error{color:var(--urgent);font-weight:600}
.sheet{width:min(620px,calc(100vw - 32px));max-width:none;max-height:calc(100dvh - 32px);margin:auto;padding:0;border:1px solid var(--edge);border-radius:14px;
 background:var(--page);color:var(--text);overflow:auto;overflow-wrap:break-word}
.sheet::backdrop,dialog.panel::backdrop{background:#000a}
.sheet>*{padding:14px 20px}
.sheet header{display:flex;gap:12px;align-items:center;border-bottom:1px solid var(--line)}
.sheet header h3{flex:1;font-size:1.15em}
.sheet form,.sheet .body{display:grid;gap:16px}
.sheet textarea{max-height:14em}
.check{display:flex;gap:10px;align-items:start;font-weight:400;padding:4px 0}
.check input{width:22px;height:22px;margin:1px 0 0;flex:none;accent-color:var(--accent)}
mark{background:var(--mark);color:inherit;padding:1px 0;border-radius:2px}
.ref{font-size:1.4em;font-weight:700;letter-spacing:.04em}

@media(max-width:520px){dialog.panel,.left dialog.panel{inset:0;width:100%;height:100%;border:0;border-radius:0}
 .launcher{bottom:12px;inset-inline-end:12px}.left .launcher{inset-inline:12px auto}.me{max-width:94%}
 .log,.foot{padding-inline:12px}.ask{grid-template-columns:1fr}.ask button{justify-content:center}}
@media(max-height:440px){dialog.panel,.left dialog.panel{overflow:auto;display:block;inset-block:0;height:100%}dialog.panel:not([open]){display:none}
 .log{overflow:visible}.full{height:auto}.full .panel{overflow:visible}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;scroll-behavior:auto!important}}
@media(forced-colors:active){.main,.me,.bar{border:1px solid ButtonText;background:Canvas;color:CanvasText;forced-color-adjust:auto}
 mark{background:Mark;color:MarkText}:focus-visible{outline-color:Highlight}.thinking i{background:CanvasText}}
`;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);

  /** The colour option as custom properties, with black or white ink: whichever reads better on it. */
  function colours() {
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = "#0f4c5c";
    if (options.colour) pen.fillStyle = options.colour;
    const light = [1, 3, 5].map((at) => {
      const part = parseInt(pen.fillStyle.slice(at, at + 2), 16) / 255;
      return part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
    const rule = new CSSStyleSheet();
    rule.replaceSync(`.root{--accent:${pen.fillStyle};--ink:${luminance > 0.179 ? "#000" : "#fff"}}`);
    return rule;
  }

  // ---- Elements and words ---------------------------------------------------------------

  /** An element with attributes (onX = listener) and children; nothing is parsed as HTML. */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name.slice(2), value);
      else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child != null && child !== false));
    return element;
  }

  const button = (label, onclick, kind) => h("button", { type: "button", class: kind, onclick }, label);

  function icon(path) {
    const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
    const svg = make("svg");
    const line = make("path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  const ICONS = {
    chat: "M4 5h16v11H10l-5 4v-4H4z",
    close: "M6 6l12 12M18 6L6 18",
    more: "M5 12h.01M12 12h.01M19 12h.01",
    send: "M4 12h15M13 6l6 6-6 6",
  };

  let home = fallback || { widget: {}, suggestions: [] }; // GET /wording: words, first questions, contact

  /** A piece of wording by its key, with {names} filled in. */
  const t = (key, names = {}) =>
    (home.widget[key] || "").replace(/\{(\w+)\}/g, (_, name) => names[name] ?? "");

  /** "2021", "2021-03" or "2021-03-01" in words, as exactly as the source gives it. */
  function day(date) {
    const [year, month, dayOfMonth] = date.slice(0, 10).split("-").map(Number);
    return new Date(year, (month || 1) - 1, dayOfMonth || 1).toLocaleDateString(language + "-GB", {
      year: "numeric",
      month: month ? "long" : undefined,
      day: dayOfMonth ? "numeric" : undefined,
    });
  }

  /** Text as blocks: {list, items}. Blank lines part blocks, "- " starts an item, other lines join up. */
  function blocks(text) {
    const found = [];
    for (const part of text.split(/\n\s*\n/)) {
      let block = null;
      for (const line of part.split("\n").map((one) => one.trim()).filter(Boolean)) {
        const item = line.match(/^[-•*]\s+(.*)/);
        if (!block || block.list !== !!item) {
          if (block?.list && !item) {
            block.items[block.items.length - 1] += " " + line; // a long item goes on
            continue;
          }
          found.push((block = { list: !!item, items: [] }));
          block.items.push(item ? item[1] : line);
        } else if (item) block.items.push(item[1]);
        else block.items[0] += " " + line;
      }
    }
    return found;
  }

  /** Text as paragraphs and bullets; dress(item) may return marked-up pieces of an item. */
  const textElement = (tag, text, dress = (item) => [item]) =>
    h(tag, { class: "text" }, blocks(text).map(({ list, items }) =>
      list ? h("ul", {}, items.map((item) => h("li", {}, dress(item)))) : h("p", {}, dress(items[0]))));

  /** A function that wraps in <mark> what it finds of the quotation in an item of the passage. */
  function marker(quotation) {
    const words = (text) => text.replace(/^[“"']+|[”"']+$/g, "").trim();
    const sentences = (text) => text.match(/.+?[.!?:;](?=\s|$)|.+$/g) || [];
    const wanted = blocks(quotation).flatMap(({ items }) => items)
      .flatMap((item) => [item, ...sentences(item)]).map(words).filter((part) => part.length > 2);
    return (item) => {
      const flags = new Uint8Array(item.length + 1);
      for (const part of [...wanted, ...(wanted.some((all) => all.includes(item)) ? [item] : [])]) {
        for (let at = item.indexOf(part); at >= 0; at = item.indexOf(part, at + 1)) flags.fill(1, at, at + part.length);
      }
      const pieces = [];
      for (let from = 0, to; from < item.length; from = to) {
        for (to = from; to < item.length && flags[to] === flags[from]; to++);
        pieces.push(flags[from] ? h("mark", {}, item.slice(from, to)) : item.slice(from, to));
      }
      return pieces;
    };
  }

  // ---- What the browser keeps -----------------------------------------------------------

  const KEY = "advice:" + server;

  /** The conversation in localStorage (in memory where that is closed to us), shared by all tabs. */
  const store = {
    memory: null,
    read() {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(KEY));
      } catch {
        kept = this.memory;
      }
      return { session: null, turns: [], draft: "", handed: false, expires: null, ...kept };
    },
    change(edit) {
      const kept = this.read(); // always fresh: another tab may have written
      edit(kept);
      this.memory = kept;
      try {
        localStorage.setItem(KEY, JSON.stringify(kept));
      } catch {
        /* no storage: the conversation lasts as long as the page */
      }
    },
    clear() {
      this.memory = null;
      try {
        localStorage.removeItem(KEY);
      } catch {
        /* as above */
      }
    },
  };

  const newId = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // ---- The server -----------------------------------------------------------------------

  /** One request. A refusal is thrown with its status and words; a lost one has no status. */
  async function call(method, path, { body, session, seconds = TIMEOUT } = {}) {
    const response = await fetch(server + path, {
      method,
      credentials: "omit",
      headers: { ...(body && { "Content-Type": "application/json" }), ...(session && { "X-Session": session }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const data = await response.json();
    if (!response.ok) throw Object.assign(new Error(path), data, { status: response.status });
    return data;
  }

  const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const online = () => new Promise((done) =>
    navigator.onLine ? done() : addEventListener("online", done, { once: true }));

  // ---- The component --------------------------------------------------------------------

  class AdviceChat extends HTMLElement {
    connectedCallback() {
      if (this.root) return;
      const shadow = this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [sheet, colours()];
      this.root = h("div", { class: `root${fullPage ? " full" : ""}${/left/.test(options.position) ? " left" : ""}` });
      shadow.append(this.root);
      this.rows = new Map(); // turn id -> {element, seen}: what is on the screen
      this.states = new Map(); // turn id -> how its sending goes: "thinking", "slow", "retrying", "offline"
      addEventListener("storage", (event) => {
        if (event.key === KEY || event.key === null) this.render();
      });
      this.narrow = matchMedia("(max-width:520px)");
      this.build();
    }

    /** Make the frame: launcher, panel, log, composer. Called again when the words arrive late. */
    build() {
      const title = options.title || t("title");
      this.root.lang = home.language || language;
      this.rows.clear();
      this.launcher = h("button", { type: "button", class: "launcher main", "aria-expanded": "false", "aria-haspopup": "dialog", onclick: () => this.open() },
        icon(ICONS.chat), options.title || t("launcher"));
      this.heading = h("h2", { id: "title", tabindex: "-1" }, title);
      this.menu = h("div", { class: "menu", id: "menu", hidden: true },
        button(t("copy_all"), (event) => this.copy(event, this.transcript().join("\n\n"))),
        button(t("print_all"), () => this.print()),
        button(t("email_all"), () => this.email()),
        button(t("clear"), () => this.askToClear()));
      this.more = h("button", { type: "button", "aria-expanded": "false", "aria-controls": "menu", onclick: () => this.toggleMenu() },
        icon(ICONS.more), h("span", { class: fullPage ? "" : "sr" }, t("options")));
      this.log = h("div", { class: "log", role: "region", tabindex: "0", "aria-label": t("conversation") });
      this.live = h("p", { class: "say sr", role: "status", "aria-live": "polite" });
      this.foot = h("div", { class: "foot" });
      this.panel = h(fullPage ? "section" : "dialog", { class: "panel", "aria-labelledby": "title" },
        h("div", { class: "bar" }, this.heading, this.more,
          !fullPage && h("button", { type: "button", "aria-label": t("close"), onclick: () => this.close() }, icon(ICONS.close))),
        this.menu, this.log, this.live, this.foot);
      this.panel.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || event.target.closest(".sheet")) return;
        event.preventDefault();
        if (!this.menu.hidden) this.toggleMenu();
        else if (!fullPage) this.close();
      });
      this.panel.addEventListener("cancel", (event) => event.target === this.panel && event.preventDefault());
      this.root.replaceChildren(fullPage ? "" : this.launcher, this.panel);
      if (home.down || !home.notice) return this.buildDown();
      this.buildComposer();
      this.buildWelcome();
      this.render();
      this.wake();
    }

    /** The panel when the words could not be fetched: who to contact, and a way to try again. */
    buildDown() {
      this.more.hidden = true;
      this.log.append(h("div", { class: "bot" }, h("p", {}, t("unreachable")),
        this.contactCard(home.contact), h("p", {}, button(t("try_again"), () => start()))));
    }

    buildWelcome() {
      const ask = options.questions ? options.questions.split("|").map((one) => one.trim()) : home.suggestions;
      this.firsts = h("div", {}, h("h3", {}, t("questions_title")), this.choices(ask.map((one) => ({ title: one, payload: one }))));
      this.log.append(h("div", { class: "welcome" }, h("p", {}, t("welcome")),
        h("div", { class: "privacy" }, h("h3", {}, t("privacy_title")), h("p", {}, home.notice)), this.firsts));
    }

    buildComposer() {
      this.input = h("textarea", { id: "ask", rows: "1", "aria-describedby": "problem", enterkeyhint: "send",
        oninput: () => this.keepDraft(),
        onkeydown: (event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.submit();
          }
        } });
      this.problem = h("p", { class: "error", id: "problem", hidden: true });
      this.ask = h("form", { class: "ask", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        h("label", { for: "ask" }, t("message")), this.problem, this.input,
        h("button", { class: "main" }, t("send"), icon(ICONS.send)));
      this.handed = h("div", { class: "welcome" }, h("p", {}, t("handed_over")),
        h("div", { class: "row" }, button(t("resume"), () => this.resume())));
      this.foot.append(this.ask, this.handed);
      this.input.value = store.read().draft;
    }

    // ---- Opening and closing

    open(focus = true) {
      if (this.panel.open) return;
      // On a small screen the panel covers the page, so the page behind it must be out of reach.
      if (this.narrow.matches) this.panel.showModal();
      else this.panel.show();
      this.launcher.hidden = true;
      this.launcher.setAttribute("aria-expanded", "true");
      remember("open");
      if (home.down || !focus) this.heading.focus();
      else this.focusComposer();
      this.showLast();
    }

    close() {
      this.panel.close();
      this.launcher.hidden = false;
      this.launcher.setAttribute("aria-expanded", "false");
      this.launcher.focus();
      remember("closed");
    }

    focusComposer() {
      // On a touch screen the keyboard would hide the privacy notice: start at the title there.
      if (matchMedia("(hover:none)").matches) this.heading.focus();
      else (this.ask.hidden ? this.handed.querySelector("button") : this.input).focus();
    }

    toggleMenu() {
      this.menu.hidden = !this.menu.hidden;
      this.more.setAttribute("aria-expanded", String(!this.menu.hidden));
      (this.menu.hidden ? this.more : this.menu.firstChild).focus();
    }

    /** Say something once through the one live region; in sight too unless it is on the screen already. */
    say(text, inSight) {
      this.live.textContent = "";
      this.live.classList.toggle("sr", !inSight);
      setTimeout(() => { this.live.textContent = text; }, 50);
    }

    // ---- Showing the conversation

    /** Bring the screen in line with the store, touching only the turns that changed. */
    render() {
      if (!this.input) return;
      const { turns, handed, draft } = store.read();
      const ids = new Set(turns.map((turn) => turn.id));
      for (const [id, row] of this.rows) {
        if (ids.has(id)) continue;
        row.element.remove();
        this.rows.delete(id);
      }
      turns.forEach((turn, index) => {
        const last = index === turns.length - 1;
        const state = this.states.get(turn.id) || (!turn.replies && !turn.error && "thinking");
        const seen = JSON.stringify([turn.replies, turn.error, turn.case, state, last && !handed]);
        const row = this.rows.get(turn.id);
        if (row?.seen === seen) return;
        const element = this.turn(turn, state, last && !handed);
        if (row) row.element.replaceWith(element);
        else this.log.append(element);
        this.rows.set(turn.id, { element, seen });
        if (state === "thinking" && !this.states.has(turn.id)) this.watch(turn.id);
      });
      this.firsts.hidden = turns.length > 0;
      this.ask.hidden = handed;
      this.handed.hidden = !handed;
      if (this.root.getRootNode().activeElement !== this.input) this.input.value = draft;
    }

    turn(turn, state, last) {
      if (turn.case) return h("div", { class: "turn" }, h("div", { class: "bot" }, this.receipt(turn.case)));
      const element = h("div", { class: "turn" },
        h("p", { class: "me" }, h("span", { class: "sr" }, t("you_said") + ": "), turn.message));
      for (const reply of turn.replies || []) element.append(this.reply(turn, reply, last));
      if (turn.error) element.append(this.failure(turn));
      else if (state) {
        element.append(h("p", { class: "thinking" }, h("span", { class: "row", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
          t(state, { phone: this.phone() })));
      }
      return element;
    }

    /** One reply of the bot: notice, words, sources, contact, what to do next. */
    reply(turn, reply, last) {
      const sources = reply.sources || [];
      return h("div", { class: `bot ${reply.status}` },
        h("span", { class: "sr" }, t("bot_said") + ": "),
        reply.notice && h("p", { class: "notice" }, h("strong", {}, t("please_note") + ": "), reply.notice),
        reply.text && textElement(sources.length ? "blockquote" : "div", reply.text),
        sources.length > 0 && h("div", { class: "text" }, h("h3", { class: "soft" }, t("sources")),
          sources.map((source) => this.source(source, reply))),
        sources.length > 0 && this.tools(turn, reply),
        reply.contact && this.contactCard(reply.contact, turn.id),
        last && reply.buttons?.length > 0 && h("div", {}, h("h3", { class: "soft" }, t("suggestions")), this.choices(reply.buttons)));
    }

    choices(buttons) {
      return h("div", { class: "choices" }, buttons.map(({ title, payload }) => button(title, () => this.send(payload))));
    }

    dates(source) {
      return [source.publisher && t("published_by", { publisher: source.publisher }),
        source.published && t("published", { date: day(source.published) }),
        source.reviewed && t("reviewed", { date: day(source.reviewed) })].filter(Boolean).join(" · ");
    }

    source(source, reply) {
      const trail = (source.headings || []).filter((heading) => heading !== source.title).join(" › ");
      return h("div", { class: "source" },
        h("cite", {}, source.url ? h("a", { href: new URL(source.url, server).href, target: "_blank", rel: "noopener" }, source.title) : source.title),
        trail && h("p", {}, trail), h("p", { class: "soft" }, this.dates(source)),
        source.passage_id && h("button", { type: "button", class: "plain", "aria-label": t("read_in_context_of", { title: source.title }),
          onclick: () => this.readInContext(source, reply) }, t("read_in_context")));
    }

    tools(turn, reply) {
      return h("div", { class: "tools text" },
        h("div", { class: "row" }, button(t("copy_answer"), (event) => this.copy(event, this.asText(reply)))),
        this.feedback(turn, reply));
    }

    /** Helpful yes or no, then an optional comment; both are stored at once, in place. */
    feedback(turn, reply) {
      const box = h("div", { class: "row", role: "group", "aria-label": t("helpful") });
      const given = (turn.helpful || {})[reply.sources[0].passage_id];
      const post = async (helpful, comment, done) => {
        try {
          await call("POST", "feedback", { body: { session: store.read().session, comment, helpful,
            passage_ids: reply.sources.map((source) => source.passage_id) } });
          store.change(({ turns }) => {
            const kept = turns.find(({ id }) => id === turn.id);
            if (kept) kept.helpful = { ...kept.helpful, [reply.sources[0].passage_id]: helpful };
          });
          done();
        } catch {
          this.say(t("feedback_failed"), true);
        }
      };
      const thank = (words) => {
        const note = h("p", { class: "soft", tabindex: "-1" }, words);
        box.replaceChildren(note);
        note.focus();
      };
      const comment = (helpful) => {
        const text = h("textarea", { id: "comment" + turn.id, maxlength: "1000", "aria-describedby": "hint" + turn.id });
        box.replaceChildren(h("p", {}, t("thanks")), h("label", { for: text.id }, t("comment")),
          h("p", { class: "soft", id: "hint" + turn.id }, t("comment_hint")), text,
          button(t("send_comment"), () => post(helpful, text.value.trim() || null, () => thank(t("comment_thanks")))));
        text.focus();
      };
      const vote = (helpful) => post(helpful, null, () => comment(helpful));
      if (given === undefined) box.append(t("helpful"), button(t("yes"), () => vote(true)), button(t("no"), () => vote(false)));
      else box.append(h("p", { class: "soft" }, t("thanks")));
      return box;
    }

    failure(turn) {
      return h("div", { class: "bot" }, h("p", {}, turn.error.message || t("failed", { phone: this.phone() })),
        h("div", { class: "row" }, button(t("try_again"), () => this.again(turn.id), "main"), button(t("edit_message"), () => this.edit(turn))),
        this.contactCard(turn.error.contact || home.contact));
    }

    // ---- Contacts

    /** A contact with what the host page put in its place; only the union's own line can be replaced. */
    contact(contact) {
      if (contact?.id !== home.contact?.id) return contact;
      return { ...contact, phone: options.contactPhone || contact?.phone, email: options.contactEmail || contact?.email };
    }

    phone() {
      return this.contact(home.contact)?.phone || "";
    }

    contactCard(given, turnId) {
      const contact = this.contact(given);
      if (!contact) return "";
      const ways = ({ name, phone, email }) => [
        phone && h("p", {}, h("a", { href: "tel:" + phone.replace(/[^\d+]/g, ""), "aria-label": t("call_phone", { name, phone }) }, phone)),
        email && h("p", {}, h("a", { href: "mailto:" + email, "aria-label": t("send_email", { name, email }) }, email))];
      const others = (contact.also || []).map((one) => this.contact(one));
      const line = [contact, ...others].some(({ id }) => id && id === home.contact?.id);
      return h("div", { class: "contact" }, h("h3", {}, contact.name), ways(contact),
        contact.opening && h("p", { class: "open" + (contact.opening.open ? " yes" : "") }, contact.opening.text),
        contact.prepare?.length > 0 && h("div", {}, h("h4", { class: "soft" }, t("prepare")), h("ul", { class: "dots" }, contact.prepare.map((one) => h("li", {}, one)))),
        others.length > 0 && h("div", { class: "contact" }, h("h4", { class: "soft" }, t("also")),
          others.map((one) => h("div", {}, h("p", {}, one.name), ways(one)))),
        turnId && line && h("p", {}, button(t("call_back"), () => this.askCallBack(turnId), "main")));
    }

    receipt({ reference, expect }) {
      return h("div", { class: "text" }, h("h3", {}, t("case_done")), h("p", { class: "ref" }, t("case_reference", { reference })),
        h("p", {}, expect), h("p", {}, t("case_keep")));
    }

    /** The form for a call back: the member sees and edits exactly what is sent. */
    askCallBack(turnId) {
      const { turns } = store.read();
      const upTo = turns.slice(0, turns.findIndex(({ id }) => id === turnId) + 1).filter((turn) => turn.message);
      const shown = upTo.flatMap((turn) => turn.replies || []).filter((reply) => reply.sources?.length).slice(-2);
      const values = this.caseValues || { question: upTo.slice(-3).map((turn) => turn.message).join("\n"),
        shown: shown.map((reply) => this.asText(reply)).join("\n\n") };
      const field = (name, label, hint, attributes) => h("div", {}, h("label", { for: name }, label),
        hint && h("p", { class: "soft", id: name + "-hint" }, hint),
        Object.assign(h(attributes ? "input" : "textarea", { id: name, name, "aria-describedby": hint && name + "-hint", ...attributes }), { value: values[name] || "" }));
      const problems = h("div", { tabindex: "-1", class: "notice", hidden: true });
      const form = h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); } },
        problems, h("p", {}, t("case_intro")),
        field("question", t("case_question"), t("case_question_hint")), field("shown", t("case_shown")),
        h("fieldset", { id: "urgency" }, h("legend", {}, t("urgency")), ["today", "this_week", "no_rush"].map((value) =>
          h("label", { class: "check" }, h("input", { type: "radio", name: "urgency", value, checked: values.urgency === value }), t("urgency_" + value)))),
        field("name", t("name"), null, { autocomplete: "name" }), field("phone", t("your_phone"), t("reach_hint"), { type: "tel", autocomplete: "tel" }),
        field("email", t("your_email"), null, { type: "email", autocomplete: "email" }), field("when", t("when"), null, {}),
        h("label", { class: "check" }, h("input", { type: "checkbox", id: "consent", name: "consent" }), t("consent")),
        h("div", { class: "row" }, h("button", { class: "main" }, t("send_case")), button(t("cancel"), () => dialog.close())));
      const dialog = this.sheet(t("call_back"), form);
      // What was written is there again when the form is opened again on this page.
      dialog.addEventListener("close", () => { this.caseValues = this.caseSent ? null : Object.fromEntries(new FormData(form)); });
      this.caseSent = false;

      const complain = (list) => {
        for (const bad of form.querySelectorAll("[aria-invalid]")) bad.removeAttribute("aria-invalid");
        problems.hidden = false;
        problems.replaceChildren(h("h4", {}, t("problems")), h("ul", { class: "dots" }, list.map(([id, words]) => {
          const target = form.querySelector("#" + id);
          if (target && id !== "urgency") target.setAttribute("aria-invalid", "true");
          return h("li", {}, target ? h("a", { href: "#" + id, onclick: (event) => {
            event.preventDefault();
            (id === "urgency" ? target.querySelector("input") : target).focus();
          } }, words) : words);
        })));
        problems.focus();
      };

      const send = async () => {
        if (this.caseSending) return;
        const { question, shown: seen, urgency, name, phone, email, when } =
          Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, value.trim()]));
        const wrong = [[!question, "question", "need_question"], [!urgency, "urgency", "need_urgency"], [!name, "name", "need_name"],
          [!phone && !email, "phone", "need_reach"], [email && !/^\S+@\S+\.\S+$/.test(email), "email", "bad_email"],
          [!form.consent.checked, "consent", "need_consent"]].filter(([bad]) => bad);
        if (wrong.length) return complain(wrong.map(([, id, words]) => [id, t(words)]));
        const submit = form.querySelector("button.main");
        this.caseSending = true;
        submit.textContent = t("sending");
        submit.setAttribute("aria-disabled", "true");
        try {
          const done = await call("POST", "cases", { body: { session: store.read().session, question, shown: seen, urgency,
            name, phone: phone || null, email: email || null, when, consent: true } });
          this.caseSent = true;
          store.change((kept) => {
            kept.turns.push({ id: newId(), case: { reference: done.reference, expect: done.expect } });
            kept.handed = true;
          });
          dialog.close();
          this.render();
          this.showLast();
          this.say(`${t("case_done")}. ${t("case_reference", { reference: done.reference })}. ${done.expect}`);
          this.handed.querySelector("button").focus();
        } catch (refusal) {
          complain([["", refusal.error?.message || t("case_failed", { phone: this.phone() })]]);
        }
        this.caseSending = false;
        submit.textContent = t("send_case");
        submit.removeAttribute("aria-disabled");
      };
    }

    // ---- Dialogs over the panel

    /** A modal sheet with a title and a close button; focus goes back to where it came from. */
    sheet(title, ...content) {
      const from = this.shadowRoot.activeElement;
      const dialog = h("dialog", { class: "sheet", "aria-labelledby": "sheet-title" },
        h("header", {}, h("h3", { id: "sheet-title", tabindex: "-1", autofocus: true }, title),
          h("button", { type: "button", "aria-label": t("close"), onclick: () => dialog.close() }, icon(ICONS.close))), content);
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (from?.isConnected) from.focus();
      });
      this.panel.append(dialog);
      dialog.showModal();
      return dialog;
    }

    async readInContext(source, reply) {
      try {
        const passage = await call("GET", "passages/" + encodeURIComponent(source.passage_id));
        const trail = passage.headings.filter((heading) => heading !== passage.title).join(" › ");
        const text = textElement("div", passage.text, marker(reply.text));
        const marked = text.querySelector("mark");
        this.sheet(passage.title, h("div", { class: "body" }, trail && h("h4", {}, trail),
          passage.notice && h("p", { class: "notice" }, h("strong", {}, t("please_note") + ": "), passage.notice),
          marked && h("p", { class: "soft" }, t("marked")), text, h("p", { class: "soft" }, this.dates(passage)),
          passage.url && h("p", {}, h("a", { href: new URL(passage.url, server).href, target: "_blank", rel: "noopener" }, t("whole_document")))));
        marked?.scrollIntoView({ block: "center" });
      } catch {
        this.say(t("passage_failed"), true);
      }
    }

    /** Ask before personal details leave the browser. Resolves to true: send anyway. */
    mayLeave(found) {
      return new Promise((decide) => {
        let answer = false;
        const choose = (send) => () => { answer = send; dialog.close(); };
        const dialog = this.sheet(t("personal_title"), h("div", { class: "body" },
          h("p", {}, t("personal_text", { found: found.map(({ text }) => `“${text}”`).join(", ") })),
          h("div", { class: "row" }, button(t("edit_message"), choose(false), "main"), button(t("send_anyway"), choose(true)))));
        dialog.addEventListener("close", () => decide(answer));
      });
    }

    askToClear() {
      const asked = store.read().turns.some((turn) => turn.case);
      const dialog = this.sheet(t("clear_title"), h("div", { class: "body" }, h("p", {}, t("clear_text")),
        asked && h("p", {}, t("clear_cases")),
        h("div", { class: "row" }, button(t("clear_yes"), () => { dialog.close(); this.clear(); }, "main"), button(t("clear_no"), () => dialog.close()))));
    }

    async clear() {
      const { session } = store.read();
      try {
        if (session) await call("DELETE", "conversation", { session });
      } catch (refusal) {
        // A conversation the server no longer has is deleted there already.
        if (refusal.status !== 404 && refusal.status !== 410) return this.say(t("clear_failed", { phone: this.phone() }), true);
      }
      store.clear();
      this.caseValues = null;
      this.menu.hidden = true;
      this.more.setAttribute("aria-expanded", "false");
      this.input.value = "";
      this.render();
      this.say(t("cleared"), true);
      this.input.focus();
    }

    // ---- Sending

    keepDraft() {
      store.change((kept) => { kept.draft = this.input.value; });
      this.complain("");
    }

    complain(words) {
      this.problem.textContent = words;
      this.problem.hidden = !words;
      this.input.toggleAttribute("aria-invalid", false);
      if (!words) return;
      this.input.setAttribute("aria-invalid", "true");
      this.say(words);
      this.input.focus();
    }

    async submit() {
      const message = this.input.value.trim();
      if (!message) return this.complain(t("empty"));
      if (message.length > LIMIT) return this.complain(t("too_long", { count: message.length - LIMIT }));
      if (this.checking || store.read().turns.some((turn) => turn.message && !turn.replies && !turn.error)) return this.complain(t("one_at_a_time"));
      this.checking = true;
      // The check is a courtesy: when it cannot be had in time, the message goes out as usual.
      const { personal_data: found } = await call("POST", "check", { body: { message }, seconds: 3 }).catch(() => ({}));
      const leave = !found?.length || (await this.mayLeave(found));
      this.checking = false;
      if (!leave) return this.input.focus();
      this.input.value = "";
      store.change((kept) => { kept.draft = ""; });
      this.send(message);
      this.input.focus();
    }

    send(message) {
      const id = newId();
      store.change((kept) => {
        kept.turns.push({ id, message, replies: null });
        kept.handed = false;
      });
      this.live.classList.add("sr");
      return this.deliver(id);
    }

    again(id) {
      this.settle(id, (turn) => { turn.error = null; });
      this.deliver(id);
      this.input.focus();
    }

    edit({ id, message }) {
      store.change((kept) => {
        kept.turns = kept.turns.filter((turn) => turn.id !== id);
        kept.draft = message;
      });
      this.input.value = message;
      this.render();
      this.input.focus();
    }

    resume() {
      store.change((kept) => { kept.handed = false; });
      this.render();
      this.input.focus();
    }

    /** Write the outcome of a turn, unless the member cleared the conversation meanwhile. */
    settle(id, edit) {
      let there = false;
      store.change((kept) => {
        const turn = kept.turns.find((one) => one.id === id);
        if (turn) edit(turn, kept);
        there = !!turn;
      });
      this.render();
      return there;
    }

    /** Send a turn, once more if the first try is lost. The id lets the server answer it only once. */
    async deliver(id) {
      if (this.states.has(id)) return;
      const show = (state) => { this.states.set(id, state); this.render(); this.showLast(); };
      show("thinking");
      const slow = setTimeout(() => { show("slow"); this.say(t("slow", { phone: this.phone() })); }, SLOW * 1000);
      for (let tries = 0; ; tries++) {
        if (!navigator.onLine) {
          show("offline");
          this.say(t("offline"));
          await online();
          show("retrying");
        }
        const { turns, session } = store.read();
        const turn = turns.find((one) => one.id === id);
        if (!turn || turn.replies) break; // cleared, or answered in another tab
        try {
          this.arrived(id, await call("POST", "chat", { body: { message: turn.message, session, message_id: id } }));
          break;
        } catch (refusal) {
          if (session && [401, 403, 404, 410].includes(refusal.status) && tries < 2) {
            // The session is no longer known: start a new one, the words stay.
            store.change((kept) => { if (kept.session === session) kept.session = null; });
          } else if (tries || (refusal.status && refusal.status < 500)) {
            this.settle(id, (one) => { one.error = { message: refusal.error?.message, contact: refusal.contact }; });
            this.say(refusal.error?.message || t("failed", { phone: this.phone() }));
            break;
          } else {
            show("retrying");
            await wait(PAUSE);
          }
        }
      }
      clearTimeout(slow);
      this.states.delete(id);
      this.render();
      this.showLast();
    }

    arrived(id, { session, replies, handed_over: handed }) {
      const there = this.settle(id, (turn, kept) => {
        turn.replies = replies;
        kept.session = session;
        kept.handed = !!handed;
      });
      if (!there) return void call("DELETE", "conversation", { session }).catch(() => {});
      const spoken = replies.map((reply) => [reply.notice, reply.text, reply.contact && [reply.contact.name, reply.contact.phone].filter(Boolean).join(" ")].filter(Boolean).join("\n"));
      this.say(`${t("bot_said")}: ${spoken.join("\n")}`);
      this.refresh();
    }

    /** A turn that another tab sends: take it over should that tab be gone. */
    watch(id) {
      setTimeout(() => {
        const turn = store.read().turns.find((one) => one.id === id);
        if (turn && !turn.replies && !turn.error) this.deliver(id);
      }, TIMEOUT * 1000);
    }

    /** After a reload: drop what expired, finish what was being sent. */
    wake() {
      const { expires, turns } = store.read();
      if (expires && Date.parse(expires) < Date.now()) {
        store.clear();
        this.render();
        return this.say(t("expired"), true);
      }
      for (const turn of turns) if (turn.message && !turn.replies && !turn.error) this.deliver(turn.id);
      this.refresh();
    }

    /** Ask the server, now and then, until when it keeps the conversation. */
    async refresh() {
      const { session } = store.read();
      if (!session || Date.now() - (this.asked || 0) < 300000) return;
      this.asked = Date.now();
      const kept = await call("GET", "conversation", { session }).catch(() => null);
      if (kept?.expires) store.change((mine) => { if (mine.session === session) mine.expires = kept.expires; });
    }

    /** Scroll so that the last turn starts at the top of the log. */
    showLast() {
      const last = [...this.rows.values()].pop();
      if (last && this.panel.open !== false) last.element.scrollIntoView({ block: "nearest" });
      if (last && this.log.scrollHeight > this.log.clientHeight) this.log.scrollTop = last.element.offsetTop - this.log.offsetTop - 12;
    }

    // ---- Taking the conversation away

    asText(reply) {
      return [reply.notice && `${t("please_note")}: ${reply.notice}`, reply.text,
        ...(reply.sources || []).map((source) => [source.title, this.dates(source), source.url && new URL(source.url, server).href].filter(Boolean).join(" · ")),
        reply.contact && [reply.contact.name, reply.contact.phone, reply.contact.email].filter(Boolean).join(" · ")].filter(Boolean).join("\n");
    }

    /** The conversation as paragraphs, one a message, under a line that says when it was taken. */
    transcript() {
      return [t("transcript_made", { date: day(new Date().toISOString()) }), ...store.read().turns.flatMap((turn) => turn.case
        ? [`${t("case_done")}. ${t("case_reference", turn.case)}`]
        : [`${t("you_said")}: ${turn.message}`, ...(turn.replies || []).map((reply) => `${t("bot_said")}: ${this.asText(reply)}`)])];
    }

    async copy(event, text) {
      const label = event.currentTarget;
      try {
        await navigator.clipboard.writeText(text);
        this.say(t("copied"));
        label.dataset.label ||= label.textContent;
        label.textContent = t("copied");
        setTimeout(() => { label.textContent = label.dataset.label; }, 2500);
      } catch {
        this.say(t("copy_failed"), true);
      }
    }

    /** Print from a page of its own, so that the host page's layout does not come along. */
    print() {
      const page = window.open("", "_blank");
      if (!page) return;
      const look = new page.CSSStyleSheet();
      look.replaceSync("body{font:12pt/1.5 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em}p{white-space:pre-wrap;break-inside:avoid}");
      page.document.adoptedStyleSheets = [look];
      page.document.documentElement.lang = this.root.lang;
      page.document.title = this.heading.textContent;
      page.document.body.append(h("h1", {}, this.heading.textContent), ...this.transcript().map((part) => h("p", {}, part)));
      page.print();
    }

    /** Open the member's mail program; such links must be short, so the newest messages go first in. */
    email() {
      const [made, ...parts] = this.transcript();
      let body = "";
      while (parts.length && encodeURIComponent(parts[parts.length - 1] + body).length < 1700) body = parts.pop() + "\n\n" + body;
      if (parts.length) body = t("email_left_out") + "\n\n" + body;
      const link = h("a", { href: `mailto:?subject=${encodeURIComponent(t("email_subject"))}&body=${encodeURIComponent(made + "\n\n" + body)}` });
      link.click();
    }
  }

  // ---- Start ----------------------------------------------------------------------------

  /** Keep in this tab whether the panel is open, so that it stays open from page to page. */
  function remember(state) {
    try {
      sessionStorage.setItem(KEY, state);
    } catch {
      /* no storage: it starts closed */
    }
  }

  function wasOpen() {
    try {
      return sessionStorage.getItem(KEY) === "open";
    } catch {
      return false;
    }
  }

  customElements.define("advice-chat", AdviceChat);
  const chat = document.createElement("advice-chat");

  /** Fetch the words and show the chat; without them, show whom to contact. */
  async function start() {
    const opened = chat.panel?.open;
    try {
      home = await call("GET", `wording/${encodeURIComponent(language)}.json`, { seconds: 10 });
    } catch {
      if (fullPage) return void setTimeout(start, 10000); // the page's own plain form stays
      home = { suggestions: [], ...fallback, widget: { title: options.title, launcher: options.title, ...fallback?.widget }, down: true,
        contact: { ...fallback?.contact, phone: options.contactPhone || fallback?.contact?.phone, email: options.contactEmail || fallback?.contact?.email } };
    }
    if (chat.isConnected) chat.build();
    else if (fullPage) document.querySelector(options.fullPage || "body").replaceChildren(chat);
    else document.body.append(chat);
    if (opened || (wasOpen() && !fullPage && !chat.narrow.matches)) chat.open(false);
  }

  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
