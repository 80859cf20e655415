// Tells what a browser shows of a site in a folder: node look.mjs chromium|firefox PROGRAM SITE MODULES
// Two browsers tell the same. Firefox keeps its own policy on files, by which no page may read another.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [browser, program, site, modules] = process.argv.slice(2);
const puppeteer = createRequire(`${modules}/`)("puppeteer-core");
const base = pathToFileURL(`${site}/`).href;
const started = await puppeteer.launch({
  browser: browser === "firefox" ? "firefox" : "chrome",
  executablePath: program,
  args: browser === "firefox" ? [] : ["--no-sandbox"],
  extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true },
});
const complaints = [];
const page = await started.newPage();
page.on("console", (line) => complaints.push(line.text()));
page.on("pageerror", (error) => complaints.push(String(error)));

async function open(address) {
  await page.goto("about:blank");
  await page.goto(base + address, { waitUntil: "load" });
}

function tell(what, seen) {
  console.log(JSON.stringify([what, seen]));
}

for (const day of ["", "#by=2025-01-31", "#by=2025-01-29", "#by=2001-01-01"]) {
  await open(`indicator/kpa-casualties.html${day}`);
  tell(`casualties${day}`, await page.evaluate(() => ({
    asked: document.querySelector("#asked").textContent,
    answer: document.querySelector("#answer").innerText.replace(/\s+/g, " "),
    rows: [...document.querySelectorAll("table.figures tr[id]")].filter((row) => row.offsetParent).map((row) => row.id),
  })));
}
for (const words of ["국가정보원", "корейцых", "3,000 zelensky", "nothing holds it"]) {
  await open(`search.html#q=${encodeURIComponent(words)}`);
  await page.waitForFunction(() => document.querySelector("#found").textContent.includes("found"));
  tell(words, await page.evaluate(() => ({
    found: document.querySelector("#found").textContent,
    hits: [...document.querySelectorAll("#hits a")].map((link) => link.getAttribute("href")),
  })));
}
await open("sql.html");
await page.waitForSelector("#result tbody tr", { timeout: 30_000 });
tell("sql", await page.evaluate(() => document.querySelector("#result").innerText.replace(/\s+/g, " ").slice(0, 2000)));
tell("complaints", complaints);
await started.close();
process.exit(complaints.length ? 1 : 0);
