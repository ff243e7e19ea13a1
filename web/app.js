"use strict";
// Everything that comes from the server reaches the page as text nodes: nothing is ever parsed as HTML.

const TYPES = { company: "公司", ticker: "代码", person: "人物", organization: "机构", policy: "政策", product: "产品",
  place: "地点", sector: "行业", index: "指数" };
const STATUS = { occurred: "已发生", planned: "计划", rumoured: "传闻", denied: "否认", terminated: "终止" };
const WHY = { id: "编号", ticker: "代码", name: "名称", alias: "别名", seen: "文中用名", pinyin: "拼音",
  initials: "首字母", prefix: "开头", similar: "相近" };
const ATTRIBUTES = { english: "英文名", country: "国家地区", industry: "行业", org: "所属机构", role: "职务", maker: "厂商",
  issuer: "发布机构", date: "日期", parent: "上级" };

const $ = (id) => document.getElementById(id);

function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

async function ask(path, parameters) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters || {})) {
    if (value !== "" && value !== null && value !== undefined) query.append(key, value);
  }
  if ($("as_of").value && path !== "/v1/schema") query.set("as_of", $("as_of").value);
  const text = query.toString();
  const response = await fetch(path + (text ? "?" + text : ""), { headers: { accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.detail || response.statusText), { problem: body });
  return body;
}

function show(...nodes) { $("main").replaceChildren(...nodes); }

function entityLink(entity) {
  if (!entity.entity) return document.createTextNode(entity.name);
  return el("a", { href: "#/entity/" + encodeURIComponent(entity.entity), title: TYPES[entity.type] || entity.type },
    entity.name);
}

function matchRow(match) {
  return el("div", { class: "card" }, el("div", { class: "head" }, el("b", {}, entityLink(match)),
    el("span", { class: "soft" }, [TYPES[match.type] || match.type, ...match.tickers].join(" · ")),
    el("span", { class: "soft" }, `${match.articles} 篇文章`),
    el("span", { class: "soft" }, `${WHY[match.why] || match.why}：${match.matched}`)));
}

function failure(error) {
  const problem = error.problem || {};
  const others = problem.candidates || problem.did_you_mean || [];
  return el("div", {}, el("div", { class: "card error" }, el("b", {}, error.message),
    problem.candidates ? el("div", { class: "soft" }, "请选择其中一个：") : null,
    problem.did_you_mean && others.length ? el("div", { class: "soft" }, "是不是要找：") : null),
    others.map(matchRow));
}

function quote(evidence) {
  const source = [evidence.title, evidence.outlet, evidence.published,
    evidence.published_from === "mtime" ? "（日期由文件时间推测）" : ""];
  return el("blockquote", {}, evidence.quote, el("br"),
    el("button", { type: "button", title: "看原文", onclick: () => openArticle(evidence) },
      source.filter(Boolean).join(" · ") || "原文"));
}

function when(time) {
  if (!time.from && !time.to) return "时间不详";
  if (time.from === time.to) return time.from;
  return `${time.from || "…"} 至 ${time.to || "…"}`;
}

function eventCard(item) {
  const names = item.participants.map((p, i) =>
    [i ? "，" : "", entityLink(p), el("span", { class: "soft" }, `（${p.role}）`)]).flat();
  return el("article", { class: "card" },
    el("div", { class: "head" }, el("time", {}, when(item.time)), el("b", {}, item.type_name),
      el("span", { class: item.status }, STATUS[item.status] || item.status),
      el("span", { class: "soft" }, `${item.reports} 次报道，置信度 ${item.confidence}`)),
    el("div", {}, names, " ", item.values.map((v) => el("span", { class: "chip", title: v.role }, v.text))),
    item.evidence.map(quote));
}

function validity(valid) {
  if (!valid || (!valid.from && !valid.until)) return null;
  return el("span", { class: "soft" }, `有效期 ${valid.from || "…"} 至 ${valid.until || "今"}`);
}

function relationCard(item) {
  const statistics = item.measure
    ? `同现 ${item.measure.articles} 篇，${item.measure.sentences} 句，NPMI ${item.measure.npmi ?? "–"}`
    : `${item.support} 条陈述，置信度 ${item.confidence}`;
  return el("article", { class: "card" },
    el("div", { class: "head" }, entityLink(item.head), el("b", {}, item.type_name), entityLink(item.tail),
      item.status ? el("span", { class: item.status }, STATUS[item.status]) : null, validity(item.valid),
      el("span", { class: "soft" }, statistics)),
    item.evidence.map(quote));
}

// A list that grows page by page. `draw` makes a node of an item.
function pages(path, parameters, draw, empty, className) {
  const list = el("div", { class: className || "" });
  const count = el("div", { class: "soft" });
  const more = el("button", { type: "button", hidden: true, onclick: () => load() }, "更多");
  let cursor = "";
  async function load() {
    more.disabled = true;
    try {
      const body = await ask(path, { ...parameters, cursor });
      list.append(...body.data.map(draw));
      if (!list.childNodes.length) list.append(el("p", { class: "soft" }, empty));
      count.textContent = `共 ${body.page.total}${body.page.total_exact ? "" : "+"} 项`;
      cursor = body.page.next_cursor;
      more.hidden = !cursor;
    } catch (error) {
      list.append(failure(error));
      more.hidden = true;
    }
    more.disabled = false;
  }
  load();
  return el("div", {}, count, list, more);
}

let schema = null;
async function getSchema() {
  if (!schema) schema = (await ask("/v1/schema")).data;
  return schema;
}

function select(name, label, choices, changed) {
  return el("select", { name, "aria-label": label, onchange: changed },
    choices.map(([value, text]) => el("option", { value }, text)));
}

async function timelineTab(id) {
  const types = (await getSchema()).event_types.map((t) => [t.type, t.type_name]);
  const holder = el("div");
  const filters = el("form", { class: "filters", onsubmit: (event) => event.preventDefault() },
    select("type", "事件类型", [["", "全部事件"], ...types], draw),
    select("status", "状态", [["", "全部状态"], ...Object.entries(STATUS)], draw),
    select("order", "次序", [["desc", "最新在前"], ["asc", "最早在前"]], draw),
    el("label", {}, "从 ", el("input", { type: "date", name: "from", onchange: draw })),
    el("label", {}, "到 ", el("input", { type: "date", name: "to", onchange: draw })));
  function draw() {
    const values = Object.fromEntries(new FormData(filters));
    holder.replaceChildren(pages("/v1/timeline", { entity: id, ...values }, eventCard, "没有符合条件的事件。", "timeline"));
  }
  draw();
  return el("div", {}, filters, holder);
}

function relationsTab(id) {
  return pages("/v1/relations", { entity: id }, relationCard, "没有已知的关系。");
}

function togetherTab(id) {
  const draw = (item) => el("article", { class: "card" },
    el("div", { class: "head" }, el("b", {}, entityLink(item)),
      el("span", { class: "soft" }, `${item.articles} 篇，${item.sentences} 句，NPMI ${item.npmi ?? "–"}`)),
    item.evidence.map(quote));
  return pages("/v1/cooccurrence", { entity: id }, draw, "没有与它同句出现的实体。");
}

function articlesTab(id) {
  const open = (item) => (event) => { event.preventDefault(); openArticle(item); };
  const draw = (item) => el("article", { class: "card" },
    el("div", { class: "head" }, el("time", {}, item.published || "日期不详"),
      el("a", { href: "#", onclick: open(item) }, item.title || item.article),
      el("span", { class: "soft" }, [item.outlet, `${item.events} 个事件`].filter(Boolean).join(" · "))));
  return pages("/v1/articles", { entity: id }, draw, "没有提到它的文章。");
}

function pathsTab(id) {
  const holder = el("div");
  const to = el("input", { name: "to", placeholder: "另一个实体", "aria-label": "另一个实体" });
  const hops = select("max_hops", "步数", [["3", "最多 3 步"], ["2", "最多 2 步"], ["4", "最多 4 步"]]);
  async function find(event) {
    event.preventDefault();
    try {
      const body = await ask("/v1/paths", { from: id, to: to.value, max_hops: hops.value });
      holder.replaceChildren(...body.data.map((path, i) => el("section", {}, el("h2", {}, `路径 ${i + 1}`),
        path.hops.map((hop) => relationCard(hop.relation)))));
      if (!body.data.length) holder.replaceChildren(el("p", { class: "soft" }, "没有找到路径。"));
    } catch (error) { holder.replaceChildren(failure(error)); }
  }
  return el("div", {}, el("form", { class: "filters", onsubmit: find }, to, hops, el("button", {}, "查找路径")), holder);
}

async function openArticle(evidence) {
  const dialog = $("article");
  const close = el("button", { type: "button", onclick: () => dialog.close() }, "关闭");
  try {
    const { data } = await ask("/v1/articles/" + encodeURIComponent(evidence.article), { with: "none" });
    const points = Array.from(data.text);  // Offsets count code points.
    const cut = (from, to) => points.slice(from, to).join("");
    const mark = evidence.end > evidence.start ? el("mark", {}, cut(evidence.start, evidence.end)) : null;
    const text = mark ? [cut(0, evidence.start), mark, cut(evidence.end)] : [data.text];
    const link = data.url && /^https?:\/\//.test(data.url)
      ? el("a", { href: data.url, rel: "noreferrer noopener", target: "_blank" }, "来源") : null;
    dialog.replaceChildren(close, el("h1", {}, data.title || ""), el("p", { class: "soft" },
      [data.outlet, data.author, data.published].filter(Boolean).join(" · "), " ", link),
      el("div", { class: "text" }, text));
    if (!dialog.open) dialog.showModal();
    if (mark) mark.scrollIntoView({ block: "center" });
  } catch (error) {
    dialog.replaceChildren(close, failure(error));
    if (!dialog.open) dialog.showModal();
  }
}

const TABS = [["timeline", "时间线", timelineTab], ["relations", "关系", relationsTab], ["paths", "路径", pathsTab],
  ["together", "同现", togetherTab], ["articles", "文章", articlesTab]];

async function entityPage(name, tab) {
  try {
    const { data } = await ask("/v1/entities/" + encodeURIComponent(name), { relations: 0 });
    document.title = `${data.name} · 脉络`;
    const content = el("div");
    const open = async (key) => {
      TABS.forEach(([other], i) => buttons[i].setAttribute("aria-selected", String(other === key)));
      history.replaceState(null, "", `#/entity/${encodeURIComponent(data.entity)}/${key}`);
      content.replaceChildren(await TABS.find(([other]) => other === key)[2](data.entity));
    };
    const buttons = TABS.map(([key, label]) => el("button", { type: "button", role: "tab", "aria-selected": "false",
      onclick: () => open(key) }, label));
    const facts = [TYPES[data.type] || data.type, ...data.tickers.map((t) => t.ticker), `${data.counts.articles} 篇文章`,
      data.first_seen ? `${data.first_seen} 至 ${data.last_seen}` : ""];
    const others = data.names.filter((n) => n.name !== data.name).slice(0, 12);
    show(el("h1", {}, data.name), el("p", { class: "soft" }, facts.filter(Boolean).join(" · ")),
      el("div", {},
        others.map((n) => el("span", { class: "chip", title: n.source === "lexicon" ? "词典" : "文中用名" }, n.name)),
        Object.entries(data.attributes).map(([k, v]) => el("span", { class: "chip" }, `${ATTRIBUTES[k] || k}：${v}`))),
      el("nav", { class: "tabs", role: "tablist" }, buttons), content);
    open(TABS.some(([key]) => key === tab) ? tab : "timeline");
  } catch (error) { show(failure(error)); }
}

function searchPage(q) {
  document.title = `${q} · 脉络`;
  show(el("h1", {}, `“${q}”`),
    pages("/v1/entities", { q, prefix: "true" }, matchRow, "没有找到。试试代码、拼音或更短的名字。"));
}

async function homePage() {
  document.title = "脉络";
  try {
    const { data } = await ask("/v1/stats");
    const days = data.first_published ? `，${data.first_published} 至 ${data.last_published}` : "";
    show(el("p", {}, "新闻事件的脉络：谁在何时做了什么，每一条都附上原句。"),
      el("p", { class: "soft" },
        `${data.articles} 篇文章，${data.entities} 个实体，${data.events} 个事件，${data.relations} 条关系${days}`),
      el("h2", {}, "最近的事件"),
      pages("/v1/events", {}, eventCard, "还没有事件。用 mailuo ingest 读入一个文件夹。", "timeline"));
  } catch (error) { show(failure(error)); }
}

function route() {
  hideSuggestions();
  let words;
  try { words = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent); } catch { words = []; }
  if (words[0] === "entity" && words[1]) entityPage(words[1], words[2]);
  else if (words[0] === "search" && words[1]) searchPage(words[1]);
  else homePage();
}

let suggestionRun = 0;
function hideSuggestions() {
  suggestionRun++;
  $("suggestions").hidden = true;
}

function go(id) {
  $("q").blur();
  location.hash = "#/entity/" + encodeURIComponent(id);
}

async function suggest() {
  const run = ++suggestionRun;
  const q = $("q").value.trim();
  if (!q) return hideSuggestions();
  try {
    const body = await ask("/v1/entities", { q, prefix: "true", limit: 8 });
    if (run !== suggestionRun) return;
    $("suggestions").replaceChildren(...body.data.map((match) => el("li",
      { role: "option", "aria-selected": "false", "data-id": match.entity, onmousedown: () => go(match.entity) },
      el("b", {}, match.name),
      el("span", { class: "soft" }, [TYPES[match.type], ...match.tickers.slice(0, 2), `${match.articles} 篇`].join(" · ")))));
    $("suggestions").hidden = !body.data.length;
  } catch { hideSuggestions(); }
}

function choose(event) {
  const items = [...$("suggestions").children];
  if ($("suggestions").hidden || !items.length) return;
  const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? now + 1 : (now < 0 ? 0 : now) - 1;
    const next = (step + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === next)));
  } else if (event.key === "Enter" && now >= 0) {
    event.preventDefault();
    go(items[now].dataset.id);
  } else if (event.key === "Escape") hideSuggestions();
}

let timer = 0;
$("q").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
$("q").addEventListener("keydown", choose);
$("q").addEventListener("blur", hideSuggestions);
$("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const q = $("q").value.trim();
  if (q) location.hash = "#/search/" + encodeURIComponent(q);
});
$("as_of").addEventListener("change", route);
window.addEventListener("hashchange", route);
route();
