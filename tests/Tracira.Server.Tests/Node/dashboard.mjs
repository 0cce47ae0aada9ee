// People at the dashboard, in Debian's Chromium: node dashboard.mjs SCENARIO '{"server": …}'. What goes wrong is thrown.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [scenario, json] = process.argv.slice(2);
const given = JSON.parse(json);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A page of a person of its own, that notes whatever its content security policy has to refuse and whoever else it asks. */
async function open(options = {}) {
  const context = await browser.newContext({ baseURL: given.server, viewport: { width: 1360, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  await page.exposeFunction('noteViolation', text => page.faults.push(text));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', event =>
    window.noteViolation(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  page.on('pageerror', error => page.faults.push(`script: ${error.message}`));
  page.on('dialog', dialog => { page.faults.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  page.on('request', request => request.url().startsWith(given.server) || page.faults.push(`asks ${request.url()}`));
  return page;
}

async function signIn(page, email = given.email, password = given.password) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/queue*');
}

async function send(key, log) {
  const answer = await fetch(`${given.server}/api/logs`, {
    method: 'POST', headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }, body: JSON.stringify(log),
  });
  assert.ok(answer.ok, await answer.clone().text());
  return (await answer.json()).id;
}

async function until(what, check, seconds = 15) {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await new Promise(done => setTimeout(done, 50))) {
    if (await check())
      return;
  }
  assert.fail(`waited for ${what}`);
}

const scenarios = {
  // Set-up, the first log, a rule, a flagged log, a decision by keyboard, its callback.
  async firstRun() {
    const called = [];
    const receiver = createServer((request, response) => {
      let body = '';
      request.on('data', part => (body += part)).on('end', () => (called.push(JSON.parse(body)), response.end()));
    });
    await new Promise(done => receiver.listen(0, '127.0.0.1', done));
    const callbackUrl = `http://127.0.0.1:${receiver.address().port}/`;

    const page = await open();
    const began = Date.now();
    await page.goto(given.link);
    await page.getByRole('button', { name: 'Make the account' }).waitFor();
    const usable = Date.now() - began;
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.waitForURL('**/start');

    await page.getByText('Waiting for your first output…').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.locator('code', { hasText: /^tk-/ }).textContent();
    for (const way of ['n8n', 'Make', 'JavaScript', 'C#', 'curl']) {
      await page.getByRole('button', { name: way, exact: true }).click();
      const snippet = await page.locator('pre').textContent();
      assert.ok(snippet.includes(key) && snippet.includes(given.server), `${way} is not filled in`);
    }
    await send(key, { project: 'Support', output: 'Here is my answer.' });
    await page.locator('[data-arrived]').waitFor();

    await page.goto('/rules/new');
    await page.getByLabel('Name').fill('No discounts');
    await page.getByLabel('Words or phrases').fill('discount\nfree of charge');
    await page.getByLabel('An output', { exact: true }).fill('You get a discount.');
    await page.getByTestId('live-test').getByText('Is flagged').waitFor();
    await page.getByTestId('live-test').locator('mark', { hasText: 'discount' }).waitFor();
    await page.getByRole('button', { name: 'Create the rule' }).click();
    await page.waitForURL('**/rules');

    const first = await send(key, { project: 'Support', output: 'A discount for you.', input: 'Is it cheaper?', callbackUrl, callbackEvents: 'decisions' });
    await send(key, { project: 'Support', output: 'This one is free of charge.', callbackUrl, callbackEvents: 'decisions' });
    await page.goto('/queue');
    const list = page.getByRole('region', { name: 'Outputs that wait' });
    await list.getByRole('listitem').nth(1).waitFor();
    await page.locator('article mark', { hasText: 'discount' }).waitFor();
    await page.getByText('Is it cheaper?').waitFor();

    await page.keyboard.press('r'); // taken back before anybody hears of it
    await until('the rejected one to go', async () => await list.getByRole('listitem').count() === 1);
    await page.keyboard.press('u');
    await until('it to come back', async () => await list.getByRole('listitem').count() === 2);
    await page.keyboard.press('k');
    await page.locator('article mark', { hasText: 'discount' }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('fine this once');
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    assert.equal(called.length, 0, 'a callback went out before it could be taken back');
    await until('the callback', () => called.length > 0, 20);
    assert.deepEqual([called.length, called[0].id, called[0].humanDecision, called[0].data.note, called[0].data.decidedBy], [1, first, 'approved', 'fine this once', 'Ada']);
    receiver.close();
    assert.deepEqual(page.faults, []);
    return { usable };
  },

  // What a draft would do to the latest hundred logs, as one types it; then over all of them, when asked.
  async draft() {
    const page = await open();
    await signIn(page);
    await page.goto('/rules/new');
    const latest = page.getByTestId('latest');
    await latest.getByText('as you type').waitFor();
    await page.getByLabel('Words or phrases').fill('ban');
    await latest.getByText(`${given.some} of the latest 100 would be flagged.`).waitFor();
    assert.equal(await latest.locator('a[aria-hidden], [aria-hidden] a').count(), 100);
    await latest.locator('mark', { hasText: 'ban' }).first().waitFor();
    await page.getByLabel('Words or phrases').fill('banana');
    await latest.getByText(`${given.few} of the latest 100 would be flagged.`).waitFor();
    await page.getByLabel('Words or phrases').fill('');
    await latest.getByText('as you type').waitFor();
    await page.getByLabel('Words or phrases').fill('banana');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByTestId('backtest').getByText(String(given.all), { exact: true }).waitFor();
    assert.deepEqual(page.faults, []);
  },

  // What one does the other sees, without asking.
  async twoReviewers() {
    const [ada, bea] = [await open(), await open()];
    await signIn(ada);
    await signIn(bea, given.second);
    const rows = page => page.getByRole('region', { name: 'Outputs that wait' }).getByRole('listitem');
    await rows(ada).nth(2).waitFor();
    await rows(bea).nth(2).waitFor();
    await ada.keyboard.press('j');
    await rows(bea).nth(1).getByTitle('ada is looking at this').waitFor();
    const text = await rows(bea).nth(1).textContent();
    await ada.keyboard.press('a');
    await until('the decided one to go from the other page', async () => await rows(bea).count() === 2, 20);
    assert.ok(!(await rows(bea).allTextContents()).includes(text));
    await ada.keyboard.press('x');
    await ada.keyboard.press('k');
    await ada.keyboard.press('x');
    await ada.getByRole('toolbar').getByRole('button', { name: 'Reject' }).click();
    await bea.getByText('Nothing waits for you').waitFor({ timeout: 20_000 });
    assert.deepEqual([...ada.faults, ...bea.faults], []);
  },

  async signOutEverywhere() {
    const [desk, phone] = [await open(), await open({ viewport: { width: 390, height: 800 } })];
    await signIn(desk);
    await signIn(phone);
    await desk.getByRole('button', { name: 'ada' }).click();
    await desk.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await desk.waitForURL('**/sign-in*');
    await phone.waitForURL('**/sign-in*');
    assert.deepEqual(desk.faults, []);
  },

  // axe-core on every page, light, dark, and on a phone, where no page scrolls sideways either.
  async accessible() {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const isPhone = given.look === 'phone';
    const page = await open({ colorScheme: given.look === 'dark' ? 'dark' : 'light', bypassCSP: true, ...(isPhone ? { viewport: { width: 390, height: 844 } } : {}) });
    const found = [];
    const check = async name => {
      await page.waitForTimeout(600); // the events' connection never ends, so that a page is never idle
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      found.push(...violations.map(one => `${name}: ${one.id} ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`));
      const sideways = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('main, [role=region], section')]
        .filter(element => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible').map(element => element.getAttribute('aria-label') ?? element.localName));
      if (isPhone && sideways.length > 0)
        found.push(`${name} scrolls sideways: ${sideways}`);
    };
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await check('/sign-in');
    await page.goto('/setup?token=x');
    await page.getByRole('heading').waitFor();
    await check('/setup');
    await signIn(page);
    for (const path of given.pages) {
      await page.goto(path, { waitUntil: 'domcontentloaded' });
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await check(path);
    }
    assert.deepEqual(found, []);
  },

  // Nothing of what an output, an input, a name or a file name says is ever done.
  async harmless() {
    const page = await open();
    await page.addInitScript(() => Object.defineProperty(window, 'pwned', { set: what => window.noteViolation(`ran: ${what}`) }));
    await signIn(page);
    for (let i = 0; i < given.logs.length; i++) {
      await page.goto(`/logs/${given.logs[i]}`, { waitUntil: 'domcontentloaded' });
      for (const view of ['Raw', 'Text', 'JSON'])
        await page.getByRole('button', { name: view, exact: true }).click();
      await page.getByRole('button', { name: 'Text', exact: true }).click();
      await page.locator('.prose').waitFor();
      for (const link of await page.locator('main a[href]').all())
        assert.match(await link.getAttribute('href'), /^(\/|https?:|mailto:)/);
    }
    for (const path of given.pages) {
      await page.goto(path, { waitUntil: 'domcontentloaded' });
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForTimeout(300);
    }
    await page.goto('/queue');
    for (let i = 0; i < given.logs.length; i++)
      await page.keyboard.press('j');
    await page.waitForTimeout(500);
    assert.deepEqual(page.faults, []);
  },

  // Filters by hand, a view that is kept, a link that shows the same to somebody else.
  async narrowed() {
    const page = await open();
    await signIn(page);
    await page.goto('/logs');
    const region = page.getByRole('region', { name: 'Log list' });
    const rows = region.locator('[role=row] a');
    await until('all logs', async () => await rows.count() === 3);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Status', { exact: true }).selectOption('flagged');
    await page.getByLabel('Project', { exact: true }).selectOption('Support');
    await page.getByRole('button', { name: 'Show' }).click();
    await until('the flagged one', async () => (await rows.allTextContents()).join() === given.flagged);
    assert.match(page.url(), /status=flagged&project=Support|project=Support&status=flagged/);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await until('all logs again', async () => await rows.count() === 3);
    await page.getByRole('searchbox').fill(given.word);
    await page.keyboard.press('Enter');
    await until('the log with the word', async () => (await rows.allTextContents()).join() === given.found);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Mine', exact: true }).click();
    await until('the view', async () => (await rows.allTextContents()).join() === given.flagged);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText(given.flagged).waitFor();
    assert.deepEqual(page.faults, []);
  },

  // A list of many logs, scrolled to its end by hand.
  async scrolled() {
    const page = await open();
    await signIn(page);
    await page.goto('/logs');
    const region = page.getByRole('region', { name: 'Log list' });
    await region.getByText(given.newest, { exact: true }).waitFor();
    assert.ok(await region.getByRole('row').count() < 80, 'rows out of sight are made');
    for (const share of [0.25, 0.5, 0.75, 1])
      await region.evaluate((element, share) => { element.scrollTop = (element.scrollHeight - element.clientHeight) * share; }, share);
    await region.getByText(given.oldest, { exact: true }).waitFor();
    assert.ok(await region.getByRole('row').count() < 80, 'rows out of sight are made');
    assert.deepEqual(page.faults, []);
  },

  // How fast pages come, and how long a frame takes while somebody scrolls through all that is there. Run by eng/scroll-test.sh.
  async frames() {
    const page = await open();
    const told = {};
    const since = async (path, selector) => {
      await page.goto(path, { waitUntil: 'commit' });
      await page.locator(selector).first().waitFor();
      return Math.round(await page.evaluate(() => performance.now()));
    };
    told.signInUsable = await since('/sign-in', 'input[type=password]');
    await signIn(page);
    told.queueUsable = await since('/queue', '[aria-label="Outputs that wait"], h2');
    told.logsUsable = await since('/logs', '[role=row] a');
    const [newest, oldest, logs] = await page.evaluate(async () => {
      const ask = async direction => (await fetch(`/api/logs?limit=1&sortDir=${direction}`)).json();
      const [last, first] = [await ask('desc'), await ask('asc')];
      return [last.executions[0].id, first.executions[0].id, last.total];
    });
    told.logs = logs;

    const region = page.getByRole('region', { name: 'Log list' });
    const row = id => region.locator(`a[href="/logs/${id}"]`);
    await row(newest).waitFor();
    const scroll = (frames, step) => region.evaluate((element, [frames, step]) => new Promise(done => {
      const times = [];
      let last;
      const frame = now => {
        if (last !== undefined)
          times.push(now - last);
        last = now;
        element.scrollTop += step;
        if (times.length < frames)
          requestAnimationFrame(frame);
        else
          done(times.sort((a, b) => a - b));
      };
      requestAnimationFrame(frame);
    }), [frames, step]);
    for (const [name, step] of [['read', 40], ['hurry', 700]]) {
      const times = await scroll(400, step);
      told[name] = { median: times[200].toFixed(1), p95: times[380].toFixed(1), longest: times[399].toFixed(1), over50: times.filter(time => time > 50).length };
    }
    told.jumps = [];
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      const began = Date.now();
      await region.evaluate((element, share) => { element.scrollTop = (element.scrollHeight - element.clientHeight) * share; }, share);
      await until('rows in sight', () => region.evaluate((element, want) => {
        const rows = [...element.querySelectorAll('[role=row][aria-rowindex]')].filter(row => row.querySelector('a'));
        return rows.some(row => Math.abs(Number(row.ariaRowIndex) - want) < want / 20);
      }, share * logs));
      told.jumps.push(Date.now() - began);
    }
    await region.evaluate(element => { element.scrollTop = element.scrollHeight; });
    await row(oldest).waitFor();
    assert.ok(await region.getByRole('row').count() < 80, 'rows out of sight are made');
    // Back by less than a screen at a time, over a border between two pages of a list too tall for an element: no row is passed over.
    const seen = new Set();
    for (let i = 0; i < 300; i++) {
      for (const index of await region.evaluate(element => {
        element.scrollTop -= 400;
        return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done([...element.querySelectorAll('[role=row][aria-rowindex]')].map(row => Number(row.ariaRowIndex))))));
      }))
        seen.add(index);
    }
    const indexes = [...seen].sort((a, b) => a - b);
    assert.equal(indexes.at(-1) - indexes[0] + 1, indexes.length, 'rows are passed over');
    told.passedInOrder = indexes.length;
    assert.deepEqual(page.faults, []);
    return told;
  },
};

try {
  const told = await scenarios[scenario]();
  console.log(JSON.stringify(told ?? {}));
} finally {
  await browser.close();
}
