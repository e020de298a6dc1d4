/* The advice chat: <script src="https://advice.example/widget.js" defer></script> with data- options
 * title, colour, position (right, left), language, questions ("One?|Two?"), contact-phone, contact-email,
 * server (default: where this file is from), full-page (a selector: fill that element, no button).
 * A strict content security policy must only allow the server in script-src and connect-src. */
(() => {
  "use strict";
  if (customElements.get("advice-chat")) return;

  // ---- Settings ----

  // A module does not know its own element.
  const script = document.currentScript || document.querySelector('script[type=module][src*="/widget.js"]');
  if (!script) throw new Error("Advice chat: load widget.js with a script element, not with import.");
  const options = script.dataset;
  const server = new URL(options.server || ".", script.src).href.replace(/\/?$/, "/");
  const language = options.language || "en";
  const fullPage = "fullPage" in options;
  const SLOW = 7; // seconds until we say that it takes long
  const TIMEOUT = 40; // seconds until a request counts as lost
  const PAUSE = 1.5; // seconds before a retry
  const FRESH = 300000; // milliseconds that the server's answers hold about what changes with time
  // What to say when no wording can be fetched, in its shape; the server puts it here.
  const fallback = /*fallback*/ null;

  // ---- Styles ----

  const css = `
.root{all:initial;color-scheme:light dark;font:medium/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--text);
 --page:#fff;--text:#18222c;--soft:#4b5966;--line:#d3dae0;--edge:#6a7783;--surface:#f3f6f8;--link:#0b5394;--mark:#ffe69c;--warn:#fff4d6;--urgent:#a4133c}
@media(prefers-color-scheme:dark){.root{--page:#151b21;--text:#e9eef2;--soft:#b0bcc7;--line:#38444f;--edge:#8b98a5;--surface:#212a33;--link:#93cbff;--mark:#665200;--warn:#3a3010;--urgent:#ff8fa8}}
*{box-sizing:border-box;margin:0;padding:0;min-width:0}
[hidden],p:empty,dialog:not([open]),.turn:not(:last-child) .next,.quiet .next{display:none!important}
.sr{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
h2,h3,h4,label,legend,.b{font-size:1em;font-weight:650;line-height:1.3}
fieldset{border:0}
a{color:var(--link);text-underline-offset:2px}
button,input,textarea{font:inherit;color:inherit}
:focus{outline:none}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:6px}
button{min-height:36px;padding:5px 12px;border:1px solid var(--edge);border-radius:8px;background:var(--page);cursor:pointer;text-align:start}
button:hover{text-decoration:underline}
.main{background:var(--accent);color:var(--ink);border-color:transparent;font-weight:600}
.plain{border-color:transparent;background:none;color:var(--link);text-decoration:underline;padding:5px 0}
.row,.bar,.launcher,.thinking,.choices{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.text,.welcome,.bot,.turn,.sheet form{display:grid;gap:12px}
.text{gap:6px}
ul{padding-inline-start:1.2em}
.launcher,dialog.panel{position:fixed;inset:auto 20px 20px auto;z-index:2147483000;box-shadow:0 4px 24px #0005}
.left .launcher,.left dialog.panel{inset-inline:20px auto}
.launcher{min-height:52px;padding:10px 20px;border:2px solid var(--ink);border-radius:30px}
.panel{display:flex;flex-direction:column;background:var(--page);color:inherit;overflow:hidden}
dialog.panel{width:min(420px,100vw - 40px);height:min(700px,100dvh - 40px);max-width:none;max-height:none;border:1px solid var(--edge);border-radius:14px}
.full,.full .panel{height:100%;position:relative}
.full .log>*,.full .foot>*,.full .menu{max-width:44em;margin-inline:auto}
.bar{flex-wrap:nowrap;gap:4px;padding:8px 8px 8px 16px;background:var(--accent);color:var(--ink)}
.full .bar{background:none;color:inherit;border-bottom:1px solid var(--line);padding-inline:max(16px,50% - 22em)}
.bar h2,.sheet h3{flex:1;font-size:1.1em}
.bar button,.sheet .row>.x{background:none;border-color:transparent;min-height:40px;padding:8px;display:flex;gap:6px;align-items:center}
dialog .bar :focus-visible{outline-color:var(--ink);outline-offset:-4px}
.menu{padding:12px 16px}
.log{flex:1;overflow:auto;padding:16px;overscroll-behavior:contain;overflow-wrap:break-word}
.log:focus-visible{outline-offset:-4px}
.welcome:not(:last-child),.turn{margin-bottom:20px}
.privacy,blockquote{border-inline-start:4px solid var(--link);padding-inline-start:12px}
.privacy,.soft,.tools,.source,.say{font-size:.92em}
.soft{color:var(--soft)}
.choices{margin-top:8px}
.me{justify-self:end;max-width:90%;padding:8px 14px;border-radius:14px 14px 3px;background:var(--accent);color:var(--ink);white-space:pre-wrap;border:1px solid transparent}
.bot{padding:12px 16px;border-radius:3px 14px 14px;background:var(--surface);border:1px solid var(--line)}
.urgent{border:2px solid var(--urgent)}
.notice{background:var(--warn);padding:8px 12px;border-radius:8px;border:1px solid transparent}
.source,.tools{padding-top:8px;border-top:1px solid var(--line)}
cite{font-style:normal;font-weight:650}
.contact a{font-weight:650;display:inline-block;min-height:24px}
.thinking{color:var(--soft)}
i{width:8px;height:8px;border-radius:50%;background:currentColor;animation:beat 1.2s infinite}
i+i{animation-delay:.2s}
@keyframes beat{30%{opacity:.2}}
.foot,.say{padding:10px 16px 14px;border-top:1px solid var(--line)}
.ask{display:grid;grid-template-columns:1fr auto;gap:4px 8px;align-items:end}
.ask label,.error{grid-column:1/-1}
textarea,input{width:100%;padding:8px 10px;border:1px solid var(--edge);border-radius:8px;background:var(--page);font-size:max(1em,16px)}
textarea{field-sizing:content;min-height:2.9em;max-height:9em;display:block}
.ask button{min-height:46px}
[aria-invalid],.tried input:invalid,.tried textarea:invalid{border:2px solid var(--urgent)}
.error{color:var(--urgent)}
.sheet{width:min(620px,100vw - 24px);max-width:none;max-height:calc(100dvh - 24px);margin:auto;border:1px solid var(--edge);border-radius:14px;background:var(--page);color:inherit;overflow:auto;overflow-wrap:break-word}
.sheet>*{padding:14px 20px;gap:16px!important}
::backdrop{background:#000a}
.check{display:flex;gap:10px;font-weight:400;padding:4px 0}
.check input{width:24px;height:24px;flex:none;accent-color:var(--accent)}
mark{background:var(--mark);color:inherit}
.ref{font-size:1.3em;font-weight:700}
@media(max-width:520px){dialog.panel,.left dialog.panel{inset:0;width:100%;height:100%;border:0;border-radius:0}.log,.foot{padding-inline:12px}}
@media(max-height:440px){dialog.panel,.left dialog.panel{inset-block:0;height:100%;overflow:auto;display:block}.log{overflow:visible}.full,.full .panel{height:auto;overflow:visible}}
@media(prefers-reduced-motion:reduce){i{animation:none}}
@media(forced-colors:active){.main,.me,.bar,.notice{border:1px solid}mark{background:Mark;color:MarkText}i{background:CanvasText}}`;

  function styles(text) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  }

  /** The colour option, with the ink that reads better on it. */
  function colours() {
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = "#0f4c5c";
    pen.fillStyle = options.colour; // what is no colour is ignored
    const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(pen.fillStyle.slice(at, at + 2), 16) / 255) ** 2.2);
    const ink = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff";
    return styles(`.root{--accent:${pen.fillStyle};--ink:${ink}}`);
  }

  // ---- Elements and words ----

  /** An element: h("p.soft", {attributes, listeners}, ...children). */
  function h(kind, ...children) {
    const [tag, ...classes] = kind.split(".");
    const element = document.createElement(tag);
    if (tag === "button") element.type = "button";
    if (classes.length) element.className = classes.join(" ");
    const attributes = children[0]?.constructor === Object ? children.shift() : {};
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value != null) element.setAttribute(name, value);
    }
    element.append(...children.flat(9).filter((child) => child || child === 0));
    return element;
  }

  const button = (label, onclick, kind = "button") => h(kind, { onclick }, label);

  /** Whether a key belongs to an unfinished word (input methods); some browsers say so by 229 alone. */
  const composing = (event) => event.isComposing || event.keyCode === 229;

  let home; // what GET /wording gave: words, first questions, contact, opening hours, privacy notice

  /** Wording by its key, with {names} filled in. */
  const t = (key, names = {}) => (home.widget[key] || "").replace(/{(\w+)}/g, (_, name) => names[name] ?? "");

  /** "2021", "2021-03" or "2021-03-01" in words. */
  function day(date) {
    const [, month, number] = date.split("-");
    return new Date(date).toLocaleDateString(language + "-GB", {
      timeZone: "UTC", year: "numeric", month: month && "long", day: number && "numeric",
    });
  }

  const join = (parts, between) => parts.filter(Boolean).join(between);

  const BULLET = /^[•*-] +/;
  const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

  /** Text as elements: lines are paragraphs or, with bullets, lists; dress(line) may mark parts. */
  function prose(kind, text, dress = (line) => line) {
    const element = h(kind + ".text");
    let list = null;
    for (const line of linesOf(text)) {
      const item = BULLET.test(line);
      if (item && !list) element.append((list = h("ul")));
      if (!item) list = null;
      (list || element).append(h(item ? "li" : "p", dress(line.replace(BULLET, ""))));
    }
    return element;
  }

  /** A dress(line) that marks the words of a quotation, which is verbatim, line by line. */
  const marker = (quotation) => (line) => {
    const quoted = new Uint8Array(line.length);
    for (const part of linesOf(quotation)) {
      const words = part.replace(BULLET, "");
      const at = line.indexOf(words);
      if (at >= 0) quoted.fill(1, at, at + words.length);
    }
    const pieces = [];
    for (let from = 0, to = 0; from < line.length; from = to) {
      while (to < line.length && quoted[to] === quoted[from]) to++;
      pieces.push(quoted[from] ? h("mark", line.slice(from, to)) : line.slice(from, to));
    }
    return pieces;
  };

  // ---- What the browser keeps ----

  const KEY = "advice:" + server;
  const memory = {}; // what was written last in each storage
  const broken = new Set(); // storages that are full or denied: memory stands in for them

  /** Read, write or remove (null) in a storage; in memory where the browser denies it. */
  function keep(area, ...value) {
    if (value.length) memory[area] = value[0];
    try {
      if (value[0]) window[area].setItem(KEY, value[0]);
      else if (value.length) window[area].removeItem(KEY);
      else return broken.has(area) ? memory[area] : window[area].getItem(KEY);
      broken.delete(area);
    } catch {
      broken.add(area);
    }
    return memory[area];
  }

  /** The conversation of all tabs; a turn is {id, message, replies, error} or {id, case}. */
  function read() {
    const empty = { session: null, turns: [], draft: "", handed: false, expires: null };
    try {
      const kept = { ...empty, ...JSON.parse(keep("localStorage")) };
      kept.turns = kept.turns.filter(({ id, message, case: made, replies }) => id && (message || made) && (!replies || replies.map));
      return kept;
    } catch {
      return empty; // damaged
    }
  }

  function change(edit) {
    const kept = read(); // afresh: another tab may have written
    if (edit(kept) !== false) keep("localStorage", JSON.stringify(kept));
  }

  const pending = (turn) => turn.message && !turn.replies && !turn.error;
  const newId = () => crypto.getRandomValues(new Uint32Array(4)).reduce((id, part) => id + part.toString(16).padStart(8, "0"), "");

  // ---- The server ----

  /** One request. Throws {status, error, contact}; a lost one has no status. */
  async function call(method, path, { body, session, seconds = TIMEOUT } = {}) {
    const response = await fetch(server + path, {
      method,
      credentials: "omit",
      headers: { ...(body && { "Content-Type": "application/json" }), ...(session && { "X-Session": session }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const data = await response.json();
    if (!response.ok) throw { ...data, status: response.status };
    return data;
  }

  /** Where a link of a reply leads: one that starts with / is under the server, which can be in a folder. */
  const fromHere = (url) => new URL(url.replace(/^\//, ""), server).href;
  /** The words, and when they are to be asked for again: opening hours change. */
  const loadHome = async () => ({ ...(await call("GET", `wording/${encodeURIComponent(language)}.json`, { seconds: 10 })), until: Date.now() + FRESH });

  const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  // ---- The component ----

  class AdviceChat extends HTMLElement {
    connectedCallback() {
      if (this !== chat) return this.remove(); // a copy that the page kept, as Turbo does
      if (this.root) return this.comeBack();
      this.root = h("div.root" + (fullPage ? ".full" : "") + (options.position === "left" ? ".left" : ""));
      const shadow = this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [styles(css), colours()];
      shadow.append(this.root);
      this.narrow = matchMedia("(max-width:520px)");
      this.rows = new Map(); // turn id -> {element, seen}: what is on the screen
      this.states = new Map(); // turn id -> the wording key of how its sending goes
      addEventListener("storage", ({ key }) => (key === KEY || key === null) && this.render());
      this.build();
    }

    /** Taken out of the page: wait until its code is done, which may be a loop over all it holds. */
    disconnectedCallback() {
      queueMicrotask(place);
    }

    /** Back in the page: what covered it covers it again. */
    comeBack() {
      for (const dialog of this.root.querySelectorAll("dialog[open]")) {
        if (dialog === this.panel && !this.narrow.matches) continue;
        dialog.removeAttribute("open");
        dialog.showModal();
      }
      this.showLast();
    }

    /** Make the frame; without words only a contact. Runs again when the words arrive late. */
    build() {
      this.rows.clear();
      this.root.lang = home.language || language;
      this.launcher = h("button.launcher.main", { "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.open() }, options.title || t("launcher"));
      this.heading = h("h2", { id: "title", tabindex: -1 }, options.title || t("title"));
      this.menu = h("div.menu.row", { id: "menu", hidden: "" },
        button(t("copy_all"), (event) => this.copy(event, this.transcript().join("\n\n"))), button(t("print_all"), () => this.print()),
        button(t("email_all"), () => this.email()), button(t("clear"), () => this.askToClear()));
      this.more = h("button", { "aria-expanded": "false", "aria-controls": "menu", onclick: () => this.toggleMenu() }, t("options"));
      this.log = h("div.log", { role: "region", tabindex: 0, "aria-label": t("conversation") });
      this.live = h("p.say.sr", { role: "status" });
      this.foot = h("div.foot");
      this.panel = h(fullPage ? "section.panel" : "dialog.panel", { "aria-labelledby": "title",
        oncancel: (event) => {
          event.preventDefault();
          this.close();
        },
        onkeydown: (event) => {
          if (event.key !== "Escape" || composing(event)) return;
          event.preventDefault();
          if (!this.menu.hidden) this.toggleMenu();
          else if (!fullPage) this.close();
        } },
        h("div.bar", this.heading, !home.down && this.more, !fullPage && this.cross(() => this.close())), this.menu, this.log, this.live, !home.down && this.foot);
      this.root.replaceChildren(fullPage ? "" : this.launcher, this.panel);
      if (home.down) return this.log.append(h("div.bot", t("unreachable"), this.contactCard(home.contact), button(t("try_again"), start)));
      this.buildWelcome();
      this.buildComposer();
      this.render();
      this.wake();
    }

    buildWelcome() {
      const ask = options.questions ? options.questions.split("|") : home.suggestions;
      this.firsts = h("div", h("h3", t("questions_title")), this.choices(ask.map((title) => ({ title, payload: title }))));
      this.log.append(h("div.welcome", h("p", t("welcome")), home.off && this.contactCard(home.contact), h("div.privacy", h("h3", t("privacy_title")), h("p", home.notice)), this.firsts));
    }

    buildComposer() {
      this.input = h("textarea", { id: "ask", rows: 1, dir: "auto", "aria-describedby": "problem",
        oninput: () => {
          change((kept) => { kept.draft = this.input.value; });
          this.complain("");
        },
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
          event.preventDefault();
          this.submit();
        } });
      this.input.value = read().draft;
      this.problem = h("p.error", { id: "problem", hidden: "" });
      this.ask = h("form.ask", { onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        h("label", { for: "ask" }, t("message")), this.problem, this.input, h("button.main", { type: "submit" }, t("send")));
      this.resume = button(t("resume"), () => {
        change((kept) => Object.assign(kept, { handed: false, resumed: true }));
        this.render();
        this.input.focus();
      });
      this.handed = h("div.welcome", h("p", t("handed_over")), h("div", this.resume));
      this.foot.append(this.ask, this.handed);
    }

    cross = (onclick) => h("button.x", { "aria-label": t("close"), onclick }, "✕");

    // ---- Opening and closing

    open(byMember = true) {
      // On a small screen it covers the page, which must then be out of reach.
      if (this.narrow.matches) this.panel.showModal();
      else this.panel.show();
      this.toggle(true);
      // A touch keyboard would hide the privacy notice: start at the title.
      if (home.down || matchMedia("(hover:none)").matches) this.heading.focus();
      else if (byMember) (this.ask.hidden ? this.resume : this.input).focus();
      this.showLast();
    }

    close() {
      this.panel.close();
      this.toggle(false);
      this.launcher.focus();
    }

    toggle(open) {
      this.launcher.hidden = open;
      this.launcher.setAttribute("aria-expanded", open);
      keep("sessionStorage", open ? "open" : null); // it stays open from page to page
    }

    toggleMenu() {
      this.menu.hidden = !this.menu.hidden;
      this.more.setAttribute("aria-expanded", !this.menu.hidden);
      (this.menu.hidden ? this.more : this.menu.firstChild).focus();
    }

    /** Speak through the one live region; show it too when nothing else does. */
    say(text, inSight) {
      this.live.textContent = "";
      this.live.classList.toggle("sr", !inSight);
      setTimeout(() => { this.live.textContent = text; }, 50);
    }

    // ---- Showing the conversation

    /** Show what is kept, touching only the turns that changed. */
    render() {
      if (!this.input) return;
      const { turns, handed, draft } = read();
      for (const [id, { element }] of this.rows) {
        if (!turns.some((turn) => turn.id === id)) element.remove(), this.rows.delete(id);
      }
      for (const turn of turns) {
        const state = this.states.get(turn.id) || (pending(turn) && "thinking");
        const seen = JSON.stringify([turn.replies, turn.error, state]);
        const row = this.rows.get(turn.id);
        if (row?.seen === seen) continue;
        const element = this.turn(turn, state);
        if (row) row.element.replaceWith(element);
        else this.log.append(element);
        this.rows.set(turn.id, { element, seen });
        if (pending(turn) && !this.states.has(turn.id)) this.watch(turn.id);
      }
      this.firsts.hidden = home.off || turns.length > 0;
      this.ask.hidden = handed;
      this.handed.hidden = !handed;
      this.log.classList.toggle("quiet", handed);
      if (this.shadowRoot.activeElement !== this.input) this.input.value = draft;
    }

    turn(turn, state) {
      if (turn.case) {
        return h("div.turn", h("div.bot", h("h3", t("case_done")), h("p.ref", t("case_reference", turn.case)), h("p", home.expect), h("p", t("case_keep"))));
      }
      return h("div.turn", h("p.me", { dir: "auto" }, h("bdi.sr", t("you_said"), ": "), turn.message), (turn.replies || []).map((reply) => this.reply(turn, reply)),
        turn.error ? this.failure(turn) : state && h("p.thinking", h("i"), h("i"), t(state, { phone: this.phone() })));
    }

    reply(turn, reply) {
      const quoted = reply.sources?.length > 0;
      return h("div.bot." + reply.status, h("span.sr", t("bot_said"), ": "), this.notice(reply),
        quoted ? reply.sources.map((source) => this.source(source)) : prose("div", reply.text),
        quoted && h("div.tools.text", h("div", button(t("copy_answer"), (event) => this.copy(event, this.asText(reply)))), this.feedback(turn, reply)),
        this.contactCard(reply.contact, turn.id),
        reply.buttons?.length > 0 && h("div.next", h("h3.soft", t("suggestions")), this.choices(reply.buttons)));
    }

    choices = (buttons) => h("div.choices", buttons.map(({ title, payload }) => button(title, () => {
      this.log.focus(); // the button goes away; once the answer is there the focus goes on to it
      this.send(payload);
    })));

    notice = ({ notice }) => notice && h("p.notice", h("strong", t("please_note"), ": "), notice);

    dates = ({ publisher, made_from, published, reviewed, language }) => join([language === "cy" && t("in_welsh"), publisher && t("published_by", { publisher }), made_from && t("made_from", { made_from }),
      published && t("published", { date: day(published) }), reviewed && t("reviewed", { date: day(reviewed) })], " · ");

    onPage = ({ page }) => page ? ", " + t("on_page", { page }) : "";

    trail = (kind, { headings }) => headings.length > 0 && h(kind, headings.join(" › "));

    link = (url, words) => url ? h("a", { href: fromHere(url), target: "_blank", rel: "noopener" }, words) : words;

    source(source) {
      return h("div.text", prose("blockquote", source.quote), h("div.source", h("cite", this.link(source.url, source.title)), this.onPage(source),
        this.trail("p", source), h("p.soft", this.dates(source)),
        h("button.plain", { "aria-label": `${t("read_in_context")}: ${source.title}`, onclick: () => this.readInContext(source) }, t("read_in_context"))));
    }

    /** Helpful or not, then a comment; each is stored at once. */
    feedback(turn, reply) {
      const id = newId(); // a comment replaces the vote it follows
      const ids = reply.sources.map((source) => source.passage_id);
      const thanks = (key) => h("p.soft", { tabindex: -1 }, t(key));
      const box = h("div.row", { role: "group", "aria-label": t("helpful") });
      const next = (...content) => {
        box.replaceChildren(...content);
        content.at(-1).focus();
      };
      const post = async (helpful, comment, then) => {
        try {
          await call("POST", "feedback", { body: { id, session: read().session, passage_ids: ids, helpful, comment, message_id: turn.id } });
          change(({ turns }) => { (turns.find((one) => one.id === turn.id) || {}).helpful = helpful; });
          then();
        } catch {
          this.say(t("feedback_failed"), true);
        }
      };
      const vote = (helpful) => post(helpful, null, () => {
        const text = h("textarea", { id: "comment" + turn.id, maxlength: 1000, dir: "auto" });
        next(thanks("thanks"), h("label", { for: text.id }, t("comment"), h("p.soft", t("comment_hint"))), text,
          button(t("send_comment"), () => post(helpful, text.value.trim(), () => next(thanks("comment_thanks")))));
        text.focus();
      });
      if (turn.helpful === undefined) box.append(t("helpful"), button(t("yes"), () => vote(true)), button(t("no"), () => vote(false)));
      else box.append(thanks("thanks"));
      return box;
    }

    failure({ id, message, error }) {
      return h("div.bot", h("p", error.message || t("failed", { phone: this.phone() })), h("div.row", button(t("try_again"), () => {
        this.settle(id, (turn) => { delete turn.error; });
        this.deliver(id);
        this.input.focus();
      }, "button.main"), button(t("edit_message"), () => this.takeBack(id, message))), this.contactCard(error.contact || home.contact));
    }

    // ---- Contacts and asking for a call back

    /** A contact; the host page may replace the phone and email of the advice line alone. */
    contact = (contact) => contact?.id === home.contact?.id
      ? { ...contact, phone: options.contactPhone || contact?.phone, email: options.contactEmail || contact?.email } : contact;

    phone = () => this.contact(home.contact)?.phone;

    contactCard(given, turnId) {
      if (!given) return "";
      const ways = ({ phone, email }) => [
        phone && h("p", h("a", { href: "tel:" + phone.replace(/[^\d+]/g, "") }, phone)), email && h("p", h("a", { href: "mailto:" + email }, email))];
      const contact = this.contact(given);
      const also = (contact.also || []).map(this.contact);
      const ours = [contact, ...also].some(({ id }) => id === home.contact?.id);
      return h("div.contact.text", h("h3", contact.name), ways(contact),
        h("p.b", { "data-hours": contact.id }, home.hours?.[contact.id]),
        contact.prepare?.length > 0 && [h("h4.soft", t("prepare")), h("ul", contact.prepare.map((one) => h("li", one)))],
        also.length > 0 && [h("h4.soft", t("also")), also.map((one) => [h("p", one.name), ways(one)])],
        turnId && ours && h("div", button(t("call_back"), () => this.askCallBack(turnId), "button.main")));
    }

    askCallBack(turnId) {
      const { turns } = read();
      const before = turns.slice(0, turns.findIndex(({ id }) => id === turnId) + 1).filter((turn) => turn.message);
      const shown = before.flatMap((turn) => turn.replies || []).filter((reply) => reply.sources?.length);
      const values = this.written || { question: before.slice(-3).map((turn) => turn.message).join("\n"), shown: shown.slice(-2).map(this.asText).join("\n\n") };
      const field = (name, label, { hint, kind = "input", ...attributes } = {}) => {
        const input = h(kind, { id: name, name, dir: "auto", "aria-describedby": hint && name + "-hint", ...attributes });
        input.value = values[name] || "";
        return h("div", h("label", { for: name }, t(label)), hint && h("p.soft", { id: name + "-hint" }, t(hint)), input);
      };
      const problems = h("div.notice", { tabindex: -1, hidden: "" });
      const submit = h("button.main", { type: "submit" }, t("send_case"));
      const form = h("form", { novalidate: "", onsubmit: (event) => { event.preventDefault(); send(); } },
        h("input", { type: "hidden", name: "request", value: values.request || newId() }), // sent again, it is the same case
        problems, h("p", t("case_intro")), field("question", "case_question", { kind: "textarea", hint: "case_question_hint", required: "" }), field("shown", "case_shown", { kind: "textarea" }),
        h("fieldset", h("legend", t("urgency")), ["today", "this_week", "no_rush"].map((value, index) =>
          h("label.check", h("input", { type: "radio", name: "urgency", value, required: "", id: index ? null : "urgency", checked: values.urgency === value ? "" : null }), t("urgency_" + value)))),
        field("name", "name", { autocomplete: "name", required: "" }), field("phone", "your_phone", { type: "tel", autocomplete: "tel", hint: "reach_hint" }),
        field("email", "your_email", { type: "email", autocomplete: "email" }), field("when", "when"),
        h("label.check", h("input", { type: "checkbox", required: "" }), t("consent")), h("div.row", submit, button(t("cancel"), () => dialog.close())));
      const data = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
      const dialog = this.sheet(t("call_back"), form);
      dialog.addEventListener("close", () => { this.written = form.sent ? null : data(); });

      const complain = (...list) => {
        problems.hidden = false;
        problems.replaceChildren(h("h4", t("problems")), h("ul", list.map((one) => h("li", one))));
        problems.focus();
      };

      const send = async () => {
        if (submit.disabled) return;
        const { phone, email, ...rest } = data();
        form.elements.phone.setCustomValidity(phone || email ? "" : t("need_reach"));
        form.classList.add("tried");
        const wrong = [...form.querySelectorAll(":invalid")].filter((input) => input.labels && !(input.name === "urgency" && input.id !== "urgency"));
        if (wrong.length) {
          return complain(...wrong.map((input) => h("a", { href: "#", onclick: (event) => {
            event.preventDefault();
            input.focus();
          } }, (input.closest("fieldset")?.firstChild || input.labels[0]).textContent, " – ", input.validationMessage)));
        }
        submit.disabled = true;
        submit.textContent = t("sending");
        try {
          const receipt = await call("POST", "cases", { body: { ...rest, session: read().session, phone: phone || null, email: email || null, consent: true } });
          form.sent = true;
          home.expect = receipt.expect;
          change((kept) => {
            kept.turns.push({ id: newId(), case: receipt });
            Object.assign(kept, { handed: true, resumed: false });
          });
          dialog.close();
          this.render();
          this.showLast();
          this.say(`${t("case_done")}. ${t("case_reference", receipt)}. ${receipt.expect}`);
          this.resume.focus();
        } catch (refusal) {
          complain(refusal.error?.message || t("case_failed", { phone: this.phone() }));
        }
        submit.disabled = false;
        submit.textContent = t("send_case");
      };
    }

    // ---- Dialogs over the panel

    /** A modal dialog; the browser returns the focus when it closes. */
    sheet(title, content) {
      const dialog = h("dialog.sheet", { "aria-labelledby": "sheet", onclose: () => dialog.remove() },
        h("div.row", h("h3", { id: "sheet", tabindex: -1, autofocus: "" }, title), this.cross(() => dialog.close())), content);
      this.root.append(dialog);
      dialog.showModal();
      return dialog;
    }

    async readInContext(source) {
      try {
        const passage = await call("GET", "passages/" + encodeURIComponent(source.passage_id));
        const text = prose("div", passage.text, marker(source.quote));
        const mark = text.querySelector("mark");
        this.sheet(passage.title + this.onPage(passage), h("div.text", this.trail("h4", passage), this.notice(passage), mark && h("p.soft", t("marked")),
          text, h("p.soft", this.dates(passage)), passage.url && h("p", this.link(passage.url, t("whole_document")))));
        mark?.scrollIntoView({ block: "center" });
      } catch {
        this.say(t("passage_failed"), true);
      }
    }

    /** Resolves to whether the member chose yes. */
    confirm(title, words, no, yes) {
      return new Promise((decide) => {
        let answer = false;
        const dialog = this.sheet(title, h("div.text", words.map((one) => one && h("p", one)),
          h("div.row", button(no, () => dialog.close(), "button.main"), button(yes, () => { answer = true; dialog.close(); }))));
        dialog.addEventListener("close", () => decide(answer));
      });
    }

    async askToClear() {
      const { session, turns } = read();
      if (!(await this.confirm(t("clear_title"), [t("clear_text"), turns.some((turn) => turn.case) && t("clear_cases")], t("clear_no"), t("clear_yes")))) return;
      try {
        if (session) await call("DELETE", "conversation", { session });
      } catch (refusal) {
        // What is no session there any more is deleted already.
        if (refusal.error?.code !== "bad_session") return this.say(t("clear_failed", { phone: this.phone() }), true);
      }
      keep("localStorage", null);
      this.written = null;
      this.input.value = "";
      this.render();
      this.toggleMenu();
      this.say(t("cleared"), true);
      this.input.focus();
    }

    // ---- Sending

    complain(words) {
      this.problem.textContent = words;
      this.problem.hidden = !words;
      if (!words) return this.input.removeAttribute("aria-invalid");
      this.input.setAttribute("aria-invalid", "true");
      this.say(words);
      this.input.focus();
    }

    async submit() {
      const message = this.input.value.trim();
      if (this.checking) return;
      if (!message) return this.complain(t("empty"));
      if (read().turns.some(pending)) return this.complain(t("one_at_a_time"));
      this.checking = true;
      // A courtesy: without an answer in time the message goes out as usual. One that is too long
      // goes out at once: where it is urgent, the server has contacts for it.
      const { personal_data: found } = this.over(message) > 0 ? {} : await call("POST", "check", { body: { message }, seconds: 3 }).catch(() => ({}));
      const leave = !found?.length || (await this.confirm(t("personal_title"),
        [t("personal_text", { found: found.map(({ text }) => `“\u2068${text}\u2069”`).join(", ") })], t("edit_message"), t("send_anyway")));
      this.checking = false;
      this.input.focus();
      if (!leave) return;
      this.input.value = "";
      this.send(message);
    }

    /** By how many characters a message is too long, as the server counts: an emoji is one. */
    over = (message) => [...message].length - home.limit;

    /** Put a turn's message back into the box. */
    takeBack(id, message) {
      change((kept) => {
        kept.turns = kept.turns.filter((turn) => turn.id !== id);
        kept.draft = this.input.value = join([message, kept.draft], "\n");
      });
      this.render();
      this.input.focus();
    }

    send(message) {
      const id = newId();
      change((kept) => {
        kept.turns.push({ id, message });
        kept.draft = this.input.value;
      });
      this.say("");
      this.deliver(id);
    }

    /** Write to a turn; false if the member cleared it meanwhile. */
    settle(id, edit) {
      let there;
      change((kept) => {
        there = kept.turns.find((turn) => turn.id === id);
        if (!there) return false;
        edit(there, kept);
      });
      this.render();
      return !!there;
    }

    /** Send a turn, once more if that was lost. By its id the server answers it only once. */
    async deliver(id) {
      if (this.states.has(id)) return;
      const show = (state) => {
        this.states.set(id, state);
        this.render();
        this.showLast();
      };
      const tell = (state) => {
        show(state);
        this.say(t(state, { phone: this.phone() }));
      };
      show("thinking");
      const slow = setTimeout(tell, SLOW * 1000, "slow");
      for (let lost = 0; ; ) {
        if (!navigator.onLine) {
          tell("offline");
          await new Promise((done) => addEventListener("online", done, { once: true }));
          show("retrying");
        }
        const { turns, session } = read();
        const turn = turns.find((one) => one.id === id);
        if (!turn || turn.replies) break; // cleared, or answered in another tab
        try {
          this.arrived(id, await call("POST", "chat", { body: { message: turn.message, session, message_id: id } }));
          break;
        } catch ({ status, error, contact }) {
          if (session && error?.code === "bad_session") {
            // The server no longer knows the session: start a new one.
            change((kept) => { kept.session = null; });
          } else if ((!status || status >= 500) && !lost++) {
            show("retrying");
            await wait(PAUSE);
          } else if (error?.code === "too_long" && this.over(turn.message) > 0) {
            this.takeBack(id, turn.message);
            this.complain(t("too_long", { count: this.over(turn.message) }));
            break;
          } else {
            this.settle(id, (one) => { one.error = { message: error?.message, contact }; });
            this.say(error?.message || t("failed", { phone: this.phone() }));
            break;
          }
        }
      }
      clearTimeout(slow);
      this.states.delete(id);
      this.render();
      this.showLast();
      const said = this.rows.get(id)?.element.querySelector(".bot");
      if (!said || this.shadowRoot.activeElement !== this.log) return;
      said.tabIndex = -1;
      said.focus();
    }

    arrived(id, { session, replies, handed_over: handed }) {
      const there = this.settle(id, (turn, kept) => Object.assign(turn, { replies }) && Object.assign(kept, { session, handed: handed && !kept.resumed }));
      if (!there) return call("DELETE", "conversation", { session }).catch(() => {}); // cleared while it was on its way
      this.say([t("bot_said"), ...replies.map(({ notice, text, contact }) => join([notice, text, contact?.name, contact?.phone], "\n"))].join("\n"));
      this.refresh();
    }

    /** Another tab is sending this turn: take it over should that tab be gone. */
    watch(id) {
      setTimeout(() => read().turns.some((turn) => turn.id === id && pending(turn)) && this.deliver(id), TIMEOUT * 1000);
    }

    /** After loading: drop what expired, finish what was being sent. */
    wake() {
      const { expires, turns } = read();
      if (expires && Date.parse(expires) < Date.now()) {
        keep("localStorage", null);
        this.render();
        return this.say(t("expired"), true);
      }
      for (const turn of turns.filter(pending)) this.deliver(turn.id);
      this.showLast();
      this.refresh();
    }

    /** Ask now and then until when the server keeps the conversation, and who answers the phone now. */
    async refresh() {
      const { session } = read();
      if (!session || Date.now() < this.fresh) return;
      this.fresh = Date.now() + FRESH;
      if (Date.now() > home.until) home = await loadHome().catch(() => home);
      for (const at of this.log.querySelectorAll("[data-hours]")) at.textContent = home.hours[at.dataset.hours] || "";
      const kept = await call("GET", "conversation", { session }).catch(() => null);
      if (kept) change((mine) => { if (mine.session === session) mine.expires = kept.expires; });
    }

    showLast() {
      const last = this.log.lastElementChild;
      if (this.rows.size) this.log.scrollTop += last.getBoundingClientRect().top - this.log.getBoundingClientRect().top - 12;
    }

    // ---- Taking the conversation away

    asText = (reply) => join([reply.notice && t("please_note") + ": " + reply.notice, reply.text,
      ...(reply.sources || []).map((source) => join([source.title + this.onPage(source), this.dates(source), source.url && fromHere(source.url)], " · ")),
      reply.contact && join([reply.contact.name, reply.contact.phone, reply.contact.email], " · ")], "\n");

    transcript() {
      return [t("transcript_made", { date: day(new Date().toISOString()) }), ...read().turns.flatMap((turn) => turn.case ? t("case_reference", turn.case)
        : [`${t("you_said")}: ${turn.message}`, ...(turn.replies || []).map((reply) => `${t("bot_said")}: ${this.asText(reply)}`)])];
    }

    async copy({ currentTarget: pressed }, text) {
      const label = pressed.textContent;
      try {
        await navigator.clipboard.writeText(text);
        this.say(t("copied"));
        pressed.textContent = t("copied");
        await wait(2);
        pressed.textContent = label;
      } catch {
        this.say(t("copy_failed"), true);
      }
    }

    /** Print from a page of its own, without the host page. */
    print() {
      const page = window.open("", "_blank");
      if (!page) return;
      page.document.title = this.heading.textContent;
      page.document.body.append(h("h1", page.document.title), ...this.transcript().map((part) => h("section", h("hr"), prose("div", part))));
      page.print();
    }

    /** Mail links must be short: the newest messages go in first. */
    email() {
      const [made, ...parts] = this.transcript();
      let body = "";
      while (parts.length && encodeURIComponent(parts.at(-1) + body).length < 1700) body = parts.pop() + "\n\n" + body;
      const text = join([made, parts.length && t("email_left_out"), body], "\n\n");
      h("a", { href: `mailto:?subject=${encodeURIComponent(t("email_subject"))}&body=${encodeURIComponent(text)}` }).click();
    }
  }

  // ---- Start ----

  let chat; // the one that is shown
  customElements.define("advice-chat", AdviceChat);
  chat = document.createElement("advice-chat");

  /** Put the chat into the page, if it is not there. */
  function place() {
    const where = fullPage ? document.querySelector(options.fullPage || "body") : document.body;
    if (!home || chat.isConnected || !where) return;
    if (fullPage) where.replaceChildren(chat);
    else where.append(chat);
  }

  /** Fetch the words and show the chat; without words a contact (a full page keeps its plain form). */
  async function start() {
    try {
      home = await loadHome();
    } catch {
      if (fullPage || !fallback) return setTimeout(start, 10000);
      home = { ...fallback, down: true };
    }
    const open = chat.panel ? chat.panel.open : keep("sessionStorage") && innerWidth > 520;
    if (chat.isConnected) chat.build();
    place();
    if (open && !fullPage) chat.open(false);
  }

  // Where a new body takes the place of the old (Turbo), the chat goes along.
  new MutationObserver(place).observe(document.documentElement, { childList: true });
  start();
})();
