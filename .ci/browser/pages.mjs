// Opens every page from the file system and looks at it as people do: on a desk and on a phone, by day and by night.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, pages, screenshots] = process.argv.slice(2);
const load = createRequire(resolve(tools, 'node_modules/x.js'));
const { chromium } = load('playwright-core');
const AXE = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE_MS = 900_000;
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

setTimeout(() => {
  console.error(`not over after ${PATIENCE_MS} ms`);
  process.exit(1);
}, PATIENCE_MS).unref();

const profile = resolve(tools, 'profile');
rmSync(profile, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  headless: true,
  bypassCSP: false,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

// What is wrong with a page, in words; nothing if all is well. Without a name nobody takes its picture.
async function look(file, name, thorough = true) {
  const wrong = [];
  const url = pathToFileURL(resolve(file)).href;
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) wrong.push(`request: ${request.url()}`);
  });
  try {
    await visit(page, url, name, thorough, wrong);
    wrong.push(...(await accessible(file)));
  } catch (error) {
    wrong.push(`error: ${error.message}`);
  }
  await page.close();
  return wrong;
}

async function visit(page, url, name, thorough, wrong) {
  await page.setViewportSize(DESK);
  await page.goto(url);
  wrong.push(...(await page.evaluate(chartsWithoutData)));
  if (thorough) wrong.push(...(await filters(page)), ...(await legends(page)), ...(await tables(page)));
  for (const [kind, size] of [['desk', DESK], ['phone', PHONE]]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(200);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) wrong.push(`${kind}: ${wide} pixels wider than the screen`);
      wrong.push(...(await page.evaluate(drawnInTheTheme)).map((text) => `${kind}, ${colorScheme}: ${text}`));
      if (name) await page.screenshot({ path: join(screenshots, `${name}-${kind}-${colorScheme}.png`), fullPage: true });
    }
  }
}

// Runs in the page: ECharts' own instances are asked what they hold.
function chartsWithoutData() {
  const places = [...document.querySelectorAll('[data-chart]')];
  if (places.length === 0) return [];
  if (typeof firstline === 'undefined') return [`none of ${places.length} charts is drawn`];
  return places.flatMap((place) => {
    const instance = echarts.getInstanceByDom(place);
    if (!instance) return [`${place.dataset.chart} is not drawn`];
    const { series } = instance.getOption();
    const held = series.reduce((sum, _, i) => sum + instance.getModel().getSeriesByIndex(i).getData().count(), 0);
    const described = firstline.drawn.get(place.dataset.chart).chart.series.reduce((sum, one) => sum + one.points.length, 0);
    return held === 0 || held !== described ? [`${place.dataset.chart} holds ${held} of ${described} points`] : [];
  });
}

// Runs in the page: canvases follow the scheme, and have something on them.
function drawnInTheTheme() {
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
  return [...document.querySelectorAll('[data-chart]')].flatMap((place) => {
    const instance = window.echarts?.getInstanceByDom(place);
    const canvas = place.querySelector('canvas');
    if (!instance || !canvas) return [`${place.dataset.chart} is not drawn`];
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const empty = !pixels.some((value, i) => i % 4 === 3 && value > 0);
    return [
      ...(empty ? [`${place.dataset.chart} is blank`] : []),
      ...(instance.getOption().textStyle.color !== ink ? [`${place.dataset.chart} does not follow the scheme`] : []),
      ...(place.getAttribute('aria-label') ? [] : [`${place.dataset.chart} says nothing to those who cannot see it`]),
    ];
  });
}

// Every filter is moved to each of its values: the rows that are left are as many as it says, and fewer than all.
async function filters(page) {
  const wrong = [];
  const rows = () => page.locator('.filters + .wide tbody tr:visible').count();
  const selects = await page.locator('.filters select').all();
  if (selects.length === 0 && (await rows()) > 1) wrong.push('there is no filter');
  for (const select of selects) {
    const all = await rows();
    const values = await select.locator('option').evaluateAll((options) => options.slice(1).map((option) => option.value));
    for (const value of values) {
      await select.selectOption(value);
      const left = await rows();
      const told = await page.locator('.filters output').textContent();
      if (told !== `${left} of ${all}`) wrong.push(`filter ${value}: ${left} rows are left, and it says ${told}`);
    }
    if (values.length > 1) {
      const sizes = new Set();
      for (const value of values) {
        await select.selectOption(value);
        sizes.add(await rows());
      }
      if (sizes.size === 1 && sizes.has(all)) wrong.push(`the filter of ${values.join(', ')} does nothing`);
    }
    await select.selectOption('');
    if ((await rows()) !== all) wrong.push('a filter that is taken back leaves rows hidden');
  }
  return wrong;
}

// Each button of a legend hides its series and shows it again.
async function legends(page) {
  const wrong = [];
  for (const button of await page.locator('.legend button').all()) {
    const shown = () =>
      button.evaluate((one) => {
        const place = document.querySelector(`[data-chart="${one.parentElement.dataset.legend}"]`);
        return echarts.getInstanceByDom(place).getOption().legend[0].selected[one.textContent] !== false;
      });
    await button.click();
    if (await shown()) wrong.push(`${await button.textContent()} cannot be hidden`);
    await button.press('Enter');
    if (!(await shown())) wrong.push(`${await button.textContent()} cannot be shown again`);
  }
  return wrong;
}

// Behind each chart stands a table of its figures.
async function tables(page) {
  const wrong = [];
  for (const figures of await page.locator('details[data-figures]').all()) {
    await figures.locator('summary').press('Enter');
    const told = figures.locator('tbody tr').first().waitFor({ timeout: 2000 });
    await told.catch(() => wrong.push('no figures behind a chart'));
    await figures.locator('summary').press('Enter');
  }
  return wrong;
}

// axe comes as a script, which the page's own policy would refuse: a page without it is asked.
async function accessible(file) {
  const bare = join(tools, 'axe.html');
  writeFileSync(bare, readFileSync(file, 'utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(bare)).href);
  await page.addScriptTag({ content: AXE });
  const { violations } = await page.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  await page.close();
  return violations.map(({ id, nodes }) => `axe: ${id}: ${nodes.length}, first ${nodes[0].html.slice(0, 160)}`);
}

const runs = join(pages, 'runs');
const found = readdirSync(runs).filter((run) => existsSync(join(runs, run, 'index.html')));
const files = new Map([['runs', join(pages, 'index.html')], ...found.map((run) => [run, join(runs, run, 'index.html')])]);
const first = join(runs, found.find((run) => run.startsWith('load-')), 'index.html');

// A page with one thing wrong, and what must be said of it.
const canaries = [
  [first, 'script-src', /'use strict';\n\nconst firstline/, "'use strict';\nlet broken;\nconst firstline", 'Content Security Policy'],
  [first, 'a chart without data', /"points":\[\[.*?\]\]/g, '"points":[]', 'holds|blank'],
  [first, 'data that are not JSON', /id="data">\{/, 'id="data">{{', 'error|not drawn'],
  [first, 'an image of somebody else', /<h1>/, '<img alt="" src="https://example.org/x.png"><h1>', 'Content Security Policy'],
  [files.get('runs'), 'filters that find no rows', /id="runs"/, 'id="walks"', 'no filter'],
  [first, 'something wide', /<h1>/, '<h1><svg width="2000" height="1" aria-hidden="true"></svg>', 'pixels wider'],
  [first, 'a heading without words', /<h2 id="promises">Promises/, '<h2 id="promises">', 'axe'],
];
for (const [file, what, from, to, said] of canaries) {
  const bad = join(tools, 'canary.html');
  const text = readFileSync(file, 'utf8');
  const spoilt = text.replace(from, () => to);
  if (spoilt === text) throw new Error(`the canary is not in the page any more: ${what}`);
  writeFileSync(bad, spoilt);
  const wrong = await look(bad, undefined, said.includes('filter'));
  if (!wrong.some((text) => new RegExp(said).test(text))) {
    console.error(`nobody noticed ${what}: ${wrong.join('\n')}`);
    process.exit(1);
  }
  console.log(`noticed: ${what}`);
}

let ill = 0;
for (const [name, file] of files) {
  const wrong = await look(file, name);
  ill += wrong.length;
  const charts = (readFileSync(file, 'utf8').match(/<div class="chart"/g) ?? []).length;
  console.log(`${wrong.length === 0 ? 'well' : 'ILL '} ${name}: ${charts} charts`);
  wrong.forEach((text) => console.error(`     ${text}`));
}
await browser.close();
process.exit(ill === 0 ? 0 : 1);
