// The page on which readers ask in SQL: SQLite and the database are loaded when the page is opened.
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const most = 1000;
  let database = null;
  let result = null;

  const load = (source) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${source} cannot be read`)));
    document.head.append(script);
  });

  const show = ({ columns, values }) => {
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const name of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = name;
      if (values.every((row) => typeof row[head.cells.length - 1] === "number")) cell.className = "numeric";
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of values.slice(0, most)) {
      const line = body.insertRow();
      for (const [place, value] of row.entries()) {
        const cell = line.insertCell();
        cell.textContent = value ?? "";
        cell.dataset.head = columns[place];
        if (typeof value === "number") cell.className = "numeric";
      }
    }
    find("result").replaceChildren(table);
  };

  const run = () => {
    result = null;
    find("save").hidden = true;
    find("result").replaceChildren();
    try {
      [result] = database.exec(find("query").value);
      if (!result) {
        find("state").textContent = "No rows.";
        return;
      }
      const count = result.values.length;
      find("state").textContent = `${count} ${count === 1 ? "row" : "rows"}${count > most ? `, the first ${most} shown` : ""}`;
      find("save").hidden = false;
      show(result);
    } catch (error) {
      find("state").textContent = `SQLite says: ${error.message}`;
    }
  };

  const save = () => {
    const quote = (value) => (/[",\n\r]/.test(value ?? "") ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
    const lines = [result.columns, ...result.values].map((row) => row.map(quote).join(","));
    const url = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: url, download: "rows.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  const begin = async () => {
    find("state").textContent = "Loading the database";
    try {
      await load("sql-wasm-inline.js");
      await load("database.js");
      const sql = await window.initSqlJs();
      database = new sql.Database(Uint8Array.from(atob(window.database), (sign) => sign.charCodeAt(0)));
    } catch (error) {
      find("state").textContent = `The database cannot be opened: ${error.message}`;
      return;
    }
    find("asking").hidden = false;
    find("query").value = find("ready").value;
    find("ready").addEventListener("change", () => { find("query").value = find("ready").value; run(); });
    find("run").addEventListener("click", run);
    find("save").addEventListener("click", save);
    run();
  };

  begin();
})();
