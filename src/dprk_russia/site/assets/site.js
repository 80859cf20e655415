// The only script of the site: tables that sort, filter and export; the day by which figures were known; search.
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  // Tables

  const read = (cell) => (cell.dataset.value ?? (cell.querySelector("summary") ?? cell).textContent).trim().replace(/\s+/g, " ");
  const shown = (table) => [...table.tBodies[0].rows].filter((row) => !row.hidden && !row.classList.contains("gone"));

  const sort = (table, column, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    const isNumber = (text) => text !== "" && !Number.isNaN(Number(text));
    const order = (one, other) => {
      if (one === "" || other === "") return (one === "") - (other === "");
      const by = isNumber(one) && isNumber(other) ? Number(one) - Number(other) : compare(one, other);
      return down ? -by : by;
    };
    const rows = [...table.tBodies[0].rows].map((row) => [read(row.cells[column]), row]);
    table.tBodies[0].append(...rows.sort((one, other) => order(one[0], other[0])).map(([, row]) => row));
  };

  const quote = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const write = (cells) => cells.map((cell) => quote(read(cell))).join(",");

  const save = (table) => {
    const ids = table.classList.contains("figures");
    const lines = [(ids ? "Id," : "") + write([...table.tHead.rows[0].cells])];
    for (const row of shown(table)) lines.push((ids ? `${row.id},` : "") + write([...row.cells]));
    const url = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }));
    const name = `${location.pathname.split("/").pop().replace(".html", "")}-rows.csv`;
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  const equip = (table) => {
    const count = make("span", { role: "status" });
    const input = make("input", { type: "search" });
    const button = make("button", { type: "button", textContent: "CSV of these rows" });
    const tell = () => {
      const all = table.tBodies[0].rows.length;
      const rows = shown(table).length;
      count.textContent = rows === all ? "" : `${rows} of ${all} rows`;
    };
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = fold(row.textContent);
        row.hidden = !words.every((word) => text.includes(word));
      }
      tell();
    });
    button.addEventListener("click", () => save(table));
    table.addEventListener("change", tell);
    const tools = make("div", { className: "tools" }, make("label", {}, "Filter ", input), button, count);
    table.closest(".scroll").before(tools);
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const name = make("button", { type: "button", textContent: head.textContent });
      name.addEventListener("click", () => sort(table, column, head));
      head.replaceChildren(name);
    });
  };

  // The day by which figures were known

  const months = "January February March April May June July August September October November December".split(" ");
  const say = (day) => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

  const remember = () => {
    const { days, states } = JSON.parse(find("history").textContent);
    const range = find("day");
    const original = find("answer").cloneNode(true);
    const tables = document.querySelectorAll("table.figures");
    let asked = "";

    const answer = (ids) => {
      const items = ids.map((id) => {
        const [figure, when, speaker] = find(id).cells;
        const said = make("a", { href: `#${id}`, textContent: figure.textContent.trim() });
        return make("li", {},
          speaker.querySelector(".side").cloneNode(true), " ", make("b", {}, said),
          find(id).dataset.ahead === undefined ? " " : " (looking ahead) ",
          make("span", { className: "when" }, `${when.textContent.trim()}, `, speaker.querySelector("a").cloneNode(true)));
      });
      const list = make("ul", { className: "answers" }, ...items);
      find("answer").replaceChildren(items.length ? list : make("p", { textContent: "No figure for the whole was known." }));
    };

    const show = (place) => {
      const now = place === days.length;
      const [ids, conflicts, summary] = states[place] ?? [[], "", "No figure was known."];
      const by = now ? "9999-12-31" : asked || days[place];
      const known = new Set();
      const replaced = new Set();
      for (const row of document.querySelectorAll("tr[data-known]")) {
        const isKnown = now || (row.dataset.known !== "" && row.dataset.known <= by);
        const isReplaced = row.dataset.replaced !== undefined && row.dataset.replaced <= by;
        row.classList.toggle("gone", !isKnown);
        row.classList.toggle("hollow", isReplaced);
        if (isKnown) known.add(row.id);
        if (isReplaced) replaced.add(row.id);
      }
      for (const mark of document.querySelectorAll("[data-figure]")) {
        mark.classList.toggle("gone", !known.has(mark.dataset.figure));
        mark.classList.toggle("hollow", replaced.has(mark.dataset.figure));
      }
      for (const join of document.querySelectorAll(".join")) join.classList.toggle("gone", !now);
      for (const remark of document.querySelectorAll(".remark")) {
        const links = [...remark.querySelectorAll("a[href^='#']")];
        for (const link of links) link.classList.toggle("gone", !known.has(link.hash.slice(1)));
        const since = remark.dataset.since;
        remark.classList.toggle("gone", since ? since > by : !links.some((link) => known.has(link.hash.slice(1))));
      }
      if (now) find("answer").replaceChildren(...original.cloneNode(true).childNodes);
      else answer(ids);
      find("summary").textContent = summary;
      find("conflicts").textContent = conflicts;
      find("asked").textContent = now ? find("asked").dataset.now : say(by);
      range.value = Math.max(place, 0);
      range.setAttribute("aria-valuetext", find("asked").textContent);
      for (const table of tables) table.dispatchEvent(new Event("change"));
    };

    const visit = (place) => {
      asked = "";
      history.replaceState(null, "", place === days.length ? location.pathname : `#by=${days[place]}`);
      show(place);
    };
    const follow = () => {
      const match = /^#by=(\d{4}-\d{2}-\d{2})$/.exec(location.hash);
      if (!match) return;
      asked = match[1];
      show(days.filter((day) => day <= asked).length - 1);
    };

    const sum = ({ cells: [figure, when, speaker] }) =>
      [figure, when, speaker.querySelector("a")].map((one) => one.textContent.trim()).join(", ");
    for (const link of document.querySelectorAll(".remark a[href^='#']")) {
      const row = find(link.hash.slice(1));
      if (row) link.title = sum(row);
    }
    // Under a mouse a mark tells its figure.
    document.querySelector(".view")?.addEventListener("mouseover", ({ target }) => {
      const mark = target.closest("[data-figure]");
      if (!mark || mark.querySelector("title")) return;
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = sum(find(mark.dataset.figure));
      mark.append(title);
    });
    if (days.length === 0) return;
    range.max = days.length;
    range.value = days.length;
    range.addEventListener("input", () => visit(Number(range.value)));
    find("earlier").addEventListener("click", () => visit(Math.max(Number(range.value) - 1, 0)));
    find("later").addEventListener("click", () => visit(Math.min(Number(range.value) + 1, days.length)));
    window.addEventListener("hashchange", follow);
    find("by").hidden = false;
    follow();
  };

  // Search

  const kinds = ["indicator", "topic", "part", "place", "actor", "claim", "source"];
  const names = ["question", "topic", "part", "place", "actor", "claim", "source"];
  const most = 100;

  const scan = (index, words) => index.filter((entry) => words.every((word) => entry.text.includes(word)));

  const search = (index, query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    let found = words.length ? scan(index, words) : [];
    let cut = 0;
    // Russian and Ukrainian words change their endings.
    while (words.length && !found.length && cut < 2 && /[Ѐ-ӿ]/.test(query)) {
      cut += 1;
      found = scan(index, words.map((word) => (word.length > 4 ? word.slice(0, -cut) : word)));
    }
    const less = cut === 1 ? " without the last letter of each word" : cut === 2 ? " without the last two letters of each word" : "";
    find("found").textContent = words.length
      ? `${found.length} found${found.length ? less : ". Fewer words find more"}${found.length > most ? `, the first ${most} shown` : ""}` : "";
    find("hits").replaceChildren(...found.slice(0, most).map(({ kind, id, title }) => make("li", {},
      make("a", { href: `${kinds[kind]}/${id}.html`, textContent: title, dir: "auto" }),
      make("small", { textContent: `${names[kind]} ${id}` }))));
  };

  const look = () => {
    const words = find("words");
    let index = null;
    const run = () => {
      if (!index) return;
      history.replaceState(null, "", words.value ? `#q=${encodeURIComponent(words.value)}` : location.pathname);
      search(index, words.value);
    };
    const script = make("script", { src: "entries.js" });
    script.addEventListener("load", () => {
      index = window.entries.map(([kind, id, title, more]) => ({ kind, id, title, text: fold(`${id} ${title} ${more}`) }));
      run();
    });
    find("found").textContent = "Loading";
    document.head.append(script);
    words.value = location.hash.startsWith("#q=") ? decodeURIComponent(location.hash.slice(3)) : "";
    words.addEventListener("input", run);
    words.focus();
  };

  document.querySelectorAll("table[data-tools]").forEach(equip);
  if (find("history")) remember();
  if (find("search")) look();
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
})();
