'use strict';
(() => {
  const rowsOnScreen = 100, rowsOnPaper = 1000, detailsOnPaper = 50;
  const severities = ['Low', 'Medium', 'High', 'Critical'];
  const all = JSON.parse(document.getElementById('data').textContent);
  const integer = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
  const time = s => new Date(s * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const rank = f => f.tunnel ? f.severity : -1;
  const columns = [
    { name: 'Domain', key: f => f.domain, text: true },
    { name: 'Client', key: f => f.client, text: true, kind: 'c', wide: true },
    { name: 'Score', key: f => f.score, show: f => decimal.format(f.score), kind: 'n' },
    { name: 'Severity', key: rank, show: f => f.tunnel ? severities[f.severity] : 'no tunnel' },
    { name: 'Bytes out', key: f => f.out, show: f => integer.format(f.out), kind: 'n' },
    { name: 'Bytes in', key: f => f.in, show: f => integer.format(f.in), kind: 'n', wide: true },
    { name: 'Queries', key: f => f.queries, show: f => integer.format(f.queries), kind: 'n', wide: true },
    { name: 'Names', key: f => f.names, show: f => integer.format(f.names), kind: 'n', wide: true },
    { name: 'First seen', key: f => f.first, show: f => time(f.first).slice(0, 16), kind: 't', wide: true },
    { name: 'Last seen', key: f => f.last, show: f => time(f.last).slice(0, 16), kind: 't', wide: true },
  ];
  const state = { sort: -1, down: true, page: 0, shown: all, open: new Set() };
  const root = document.documentElement;
  const table = document.getElementById('table');
  const plots = new Set();

  // Everything goes into the page as text; the policy forbids anything else.
  function make(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key === 'on') for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
      else if (key === 'class') element.className = value;
      else element.setAttribute(key, value);
    }
    element.append(...children.filter(child => child !== null && child !== undefined));
    return element;
  }

  const color = name => getComputedStyle(root).getPropertyValue(name).trim();
  const axis = more => ({ stroke: color('--fore'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line'), width: 1 }, ...more });
  const compact = value => value === null ? '' : value >= 1e9 ? value / 1e9 + 'G' : value >= 1e6 ? value / 1e6 + 'M' : value >= 1e3 ? value / 1e3 + 'k' : String(value);

  // Of a logarithmic scale, lines at the powers of ten are enough.
  const powers = (u, splits) => splits.map(value => Number.isInteger(Math.log10(value)) ? value : null);
  const decade = more => axis({ grid: { stroke: color('--line'), width: 1, filter: powers }, ticks: { stroke: color('--line'), width: 1, filter: powers }, filter: powers, ...more });

  // A plot is made anew when colours or width change.
  function plot(place, height, onPaper, options, data, label) {
    const entry = { place, draw() {
      if (entry.chart) entry.chart.destroy();
      const width = root.classList.contains('printing') ? onPaper : Math.max(240, place.clientWidth);
      entry.chart = new uPlot({ width, height, ...options() }, data, place);
      for (const canvas of place.querySelectorAll('canvas')) { canvas.setAttribute('role', 'img'); canvas.setAttribute('aria-label', label); }
    } };
    plots.add(entry);
    entry.draw();
  }

  function drawPopulation() {
    const place = document.querySelector('#population .plot');
    if (!place) return;
    const sorted = all.slice().sort((a, b) => a.names - b.names);
    const x = sorted.map(f => Math.max(1, f.names));
    const tunnels = sorted.map(f => f.tunnel ? Math.max(1, f.out) : null), others = sorted.map(f => f.tunnel ? null : Math.max(1, f.out));
    const dots = (label, name) => ({ label, stroke: color(name), paths: () => null, points: { show: true, size: all.length > 2000 ? 3 : 7, width: 1, fill: color(name) }, value: (u, v) => v === null ? '' : integer.format(v) });
    // A logarithmic scale that begins and ends in the same decade has no room.
    const decades = (u, low, high) => [10 ** Math.floor(Math.log10(low || 1)), 10 ** Math.ceil(Math.log10((high || 1) + 1))];
    plot(place, 260, 640, () => ({
      scales: { x: { time: false, distr: 3, range: decades }, y: { distr: 3, range: decades } },
      series: [{ label: 'Distinct names', value: (u, v) => v === null ? '' : integer.format(v) }, dots('Tunnel: bytes out', '--c3'), dots('No tunnel: bytes out', '--bar')],
      axes: [decade({ label: 'Distinct names', values: (u, values) => values.map(compact) }), decade({ label: 'Bytes out, at most', size: 60, values: (u, values) => values.map(compact) })],
      cursor: { drag: { x: false, y: false } },
    }), [x, tunnels, others], `Scatter plot of ${integer.format(all.length)} findings; the table below has the same numbers.`);
  }

  // Hours as everywhere else in the report, with the day under the first and at midnight.
  const clock = (u, splits, index, space, step) => splits.map((s, i) => {
    const day = time(s).slice(0, 10), hour = time(s).slice(11, 16);
    return step >= 86400 ? day : i === 0 || hour === '00:00' ? hour + '\n' + day : hour;
  });
  const fromZero = (u, min, max) => [0, Math.max(1, max * 1.1)];

  function drawTimeline(place, finding) {
    const [times, queries, bytes] = finding.windows;
    const width = finding.window || 900;
    const range = [times[0] - width / 2, times[times.length - 1] + width * 1.5];
    plot(place, 200, 330, () => ({
      tzDate: ts => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC'),
      scales: { x: { range: () => range }, bytes: { range: fromZero }, queries: { range: fromZero } },
      cursor: { drag: { x: false, y: false } },
      series: [
        { label: 'Window (UTC)', value: (u, v) => v === null ? '' : time(v).slice(0, 16) },
        { label: 'Information, bytes', scale: 'bytes', stroke: color('--bar'), fill: color('--bar'), paths: uPlot.paths.bars({ size: [0.7, 60], align: 1 }), points: { show: false } },
        { label: 'Queries', scale: 'queries', stroke: color('--mark'), width: 2, points: { show: true, size: 6, fill: color('--mark') } },
      ],
      axes: [axis({ values: clock }), axis({ scale: 'bytes', size: 60, values: (u, values) => values.map(compact) }), axis({ scale: 'queries', side: 1, size: 60, grid: { show: false }, values: (u, values) => values.map(compact) })],
    }), [times, bytes, queries], `Information and queries in ${times.length} windows from ${time(times[0])} to ${time(times[times.length - 1])} UTC; the most in a window: ${integer.format(Math.max(...bytes))} bytes, ${integer.format(Math.max(...queries))} queries.`);
  }

  const list = (items, code) => make('ul', null, ...items.map(item => make('li', null, code ? make('code', null, item) : item)));
  const part = (title, ...content) => make('div', null, make('h3', null, title), ...content);

  function facts(f) {
    const rows = [['First seen', time(f.first)], ['Last seen', time(f.last)], ['Risk score', String(f.risk)], ['Technique', f.technique], ['Timescale', f.scale ? integer.format(f.scale) + ' s' : ''], ['First detected', f.detected === undefined ? '' : time(f.detected)],
      ['Tool', f.tool || ''], ['Exception', f.exception || ''], ['Related domains', (f.related || []).join(', ')], ['Processes', (f.processes || []).join(', ')],
      ['Clients', (f.clients || []).join(', ') + (f.clientCount > 50 ? ` and ${integer.format(f.clientCount - 50)} more` : '')]];
    return make('table', { class: 'facts' }, make('tbody', null, ...rows.filter(row => row[1]).map(row => make('tr', null, make('th', { scope: 'row' }, row[0]), make('td', null, row[1])))));
  }

  function features(f) {
    return make('table', null,
      make('thead', null, make('tr', null, make('th', { scope: 'col' }, 'Feature'), make('th', { scope: 'col', class: 'n' }, 'Value'), make('th', { scope: 'col', class: 'n' }, 'Log-odds'))),
      make('tbody', null, ...f.features.map(([name, value, share]) => make('tr', null, make('th', { scope: 'row' }, name), make('td', { class: 'n' }, decimal.format(value)), make('td', { class: 'n' }, (share > 0 ? '+' : '') + decimal.format(share))))));
  }

  function detail(f, id) {
    const box = f.windows ? make('div', { class: 'plot' }) : null;
    const row = make('tr', { class: 'more', id }, make('td', { colspan: columns.length }, make('div', { class: 'detail' },
      f.reasons ? part('Why', list(f.reasons)) : null,
      box ? part('Over time', box) : null,
      f.features.length ? part('Features', features(f)) : null,
      part('Facts', facts(f), ...(f.samples ? [make('h3', null, 'Sample names'), list(f.samples, true)] : [])))));
    return { row, draw: () => box && drawTimeline(box, f) };
  }

  function dropPlots(within) {
    for (const entry of plots) if (within.contains(entry.place)) { entry.chart.destroy(); plots.delete(entry); }
  }

  function toggle(f, button, row) {
    const opens = !state.open.has(f);
    button.setAttribute('aria-expanded', String(opens));
    if (!opens) { state.open.delete(f); dropPlots(row.nextSibling); row.nextSibling.remove(); return; }
    state.open.add(f);
    const more = detail(f, button.getAttribute('aria-controls'));
    row.after(more.row);
    more.draw();
  }

  function rows(f, index, expand) {
    const open = (expand && f.tunnel) || state.open.has(f);
    const button = make('button', { type: 'button', class: 'open', 'aria-expanded': String(open), 'aria-controls': 'more' + index, on: { click: () => toggle(f, button, row) } }, f.domain);
    const row = make('tr', null, ...columns.map((column, i) => i === 0 ? make('td', { class: 'd' }, button, make('span', { class: 'narrow' }, f.client))
      : make('td', { class: [column.kind || '', column.wide ? 'wide' : '', column.key === rank && f.tunnel ? 's' + f.severity : ''].join(' ').trim() }, (column.show || column.key)(f))));
    return { row, more: open ? detail(f, 'more' + index) : null };
  }

  function render(size, expand) {
    const body = table.tBodies[0];
    dropPlots(body);
    const begin = state.page * size;
    const made = state.shown.slice(begin, begin + size).map((f, i) => rows(f, begin + i, expand));
    body.replaceChildren(...made.flatMap(m => m.more ? [m.row, m.more.row] : [m.row]));
    for (const m of made) if (m.more) m.more.draw();
    const count = document.getElementById('count');
    const text = `${integer.format(state.shown.length)} of ${integer.format(all.length)} findings`;
    if (count.textContent !== text) count.textContent = text;
    renderPages(size);
  }

  function renderPages(size) {
    const last = Math.max(0, Math.ceil(state.shown.length / size) - 1);
    const go = (name, page, enabled) => {
      const button = make('button', { type: 'button', on: { click: () => { state.page = page; render(rowsOnScreen); document.getElementById('findings').focus(); } } }, name);
      button.disabled = !enabled;
      return button;
    };
    const nav = document.getElementById('pages');
    nav.hidden = last === 0;
    nav.replaceChildren(go('First', 0, state.page > 0), go('Previous', state.page - 1, state.page > 0), make('span', null, `Page ${state.page + 1} of ${last + 1}`), go('Next', state.page + 1, state.page < last), go('Last', last, state.page < last));
  }

  function compare(a, b) {
    const column = columns[state.sort], x = column.key(a), y = column.key(b);
    const order = column.text ? (x < y ? -1 : x > y ? 1 : 0) : x - y;
    return state.down ? -order : order;
  }

  function apply() {
    const words = document.getElementById('text').value.toLowerCase().split(/\s+/).filter(Boolean);
    const least = document.getElementById('severity').value;
    state.shown = all.filter(f => (least === '' || rank(f) >= Number(least)) && words.every(word => searchText(f).includes(word)));
    if (state.sort >= 0) state.shown.sort(compare);
    state.page = 0;
    render(rowsOnScreen);
  }

  const texts = new Map();
  function searchText(f) {
    let text = texts.get(f);
    if (text === undefined) texts.set(f, text = [f.domain, f.client, f.tool, ...(f.clients || []), ...(f.processes || []), ...(f.related || []), ...(f.reasons || [])].join('\n').toLowerCase());
    return text;
  }

  function makeHeads() {
    [...table.tHead.rows[0].cells].forEach((cell, i) => {
      const column = columns[i];
      cell.setAttribute('aria-sort', 'none');
      if (column.wide) cell.classList.add('wide');
      cell.replaceChildren(make('button', { type: 'button', on: { click: () => {
        state.down = state.sort === i ? !state.down : !column.text;
        state.sort = i;
        for (const other of table.tHead.rows[0].cells) other.setAttribute('aria-sort', other === cell ? (state.down ? 'descending' : 'ascending') : 'none');
        apply();
      } } }, column.name));
    });
  }

  let waiting = 0;
  const later = work => { clearTimeout(waiting); waiting = setTimeout(work, 120); };
  const redraw = () => { for (const entry of plots) entry.draw(); };
  root.classList.add('ready');
  if (!table) return;
  makeHeads();
  render(rowsOnScreen);
  drawPopulation();
  document.getElementById('filter').addEventListener('submit', event => event.preventDefault());
  document.getElementById('text').addEventListener('input', () => later(apply));
  document.getElementById('severity').addEventListener('change', apply);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  addEventListener('resize', () => later(redraw));
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    state.page = 0;
    render(rowsOnPaper, state.shown.length <= detailsOnPaper);
    redraw();
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    render(rowsOnScreen);
    redraw();
  });
})();
