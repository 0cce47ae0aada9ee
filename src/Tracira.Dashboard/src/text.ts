// Every word that people read, in one place. A translation is a second object of this shape.
import { count } from './ui/format';

const s = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`;

export const t = {
  product: 'Tracira',
  loading: 'Loading',
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved.',
  remove: 'Remove',
  undo: 'Undo',
  more: 'More',
  none: 'None',
  all: 'All',
  skip: 'Skip to the content',
  logs: (n: number) => s(n, 'log', 'logs'),
  failure: {
    missing: 'There is no such page', missingHint: 'The link may be old, or mistyped.', home: 'To the review queue',
    title: 'This did not load', again: 'Try again', unreachable: 'The server cannot be reached. Check the connection; what you did is not saved.', status: (status: number) => `The server answered ${status}.`,
  },
  time: { now: 'now', soon: 'soon', minutes: (n: number) => `${n} min`, hours: (n: number) => `${n} h`, days: (n: number) => s(n, 'day', 'days') },
  status: { pending: 'Pending', pass: 'Pass', flagged: 'Flagged', error: 'Error' },
  decision: { approved: 'Approved', rejected: 'Rejected', changed: 'Change asked', handled: 'Handled' },
  decidedBy: (word: string, by: string) => `${word} by ${by}`,

  nav: {
    label: 'Main',
    overview: 'Overview', queue: 'Review', logs: 'Logs', rules: 'Rules', projects: 'Projects', deliveries: 'Deliveries', settings: 'Settings',
    more: 'More', account: 'Account', theme: 'Theme', light: 'Light', dark: 'Dark', system: 'As the system',
    signOut: 'Sign out', signOutEverywhere: 'Sign out everywhere', password: 'Change password', api: 'API reference', licences: 'Licences', workspace: 'Workspace',
    help: 'Keyboard shortcuts', waiting: (n: number) => s(n, 'output waits', 'outputs wait'), start: 'First steps',
  },

  auth: {
    signIn: 'Sign in', email: 'E-mail', password: 'Password', name: 'Your name', working: 'One moment…',
    title: 'Sign in to Tracira', forgotten: 'Forgotten? An admin of the server sets a new one with', forgottenCommand: 'tracira user password',
    oidc: 'Sign in with your organisation', or: 'or',
    setupTitle: 'Set up Tracira', setupLead: 'You make the first admin of this server. Everybody else comes by your invitation.',
    setupDone: 'This server has its first admin already.', setupDoneHint: 'Sign in, or ask an admin for an invitation.',
    setupNoToken: 'The link is not whole.', setupNoTokenHint: 'Open the whole link that the server printed when it started. A start without users prints a new one.',
    setupGo: 'Make the account', passwordHint: 'At least 10 characters. A short sentence is good.',
    inviteTitle: (workspace: string) => `Join ${workspace}`, inviteLead: (role: string) => `You are invited as ${role}. Choose a password.`,
    inviteKnown: 'You have an account already: type its password.', inviteGo: 'Join',
    noServer: 'Nobody can sign in yet.', noServerHint: 'Follow the set-up link that the server printed when it started.',
  },

  start: {
    title: 'Send your first output',
    lead: 'Every output your AI writes goes to Tracira before anybody sees it. Tracira checks it against your rules and answers at once: pass, or wait for a person.',
    key: 'A key to send with', keyLead: 'This key may send outputs and nothing else. It is shown this once; you can make another one at any time.',
    keyMake: 'Make a key', keyName: 'First output', keyAsk: 'Ask an admin for a key that may send outputs.',
    how: 'How do you send?', waiting: 'Waiting for your first output…', waitingHint: 'This turns green by itself.',
    arrived: 'Your first output is here.', see: 'See it', toQueue: 'Go to review', toRules: 'Write a rule', skip: 'Not now',
    tabs: { curl: 'curl', n8n: 'n8n', make: 'Make', javascript: 'JavaScript', csharp: 'C#' },
    n8n: 'Copy this and paste it into an n8n workflow: an HTTP Request node comes out, ready to run. Behind it, an IF node on status = pass.',
    make: 'Add the module HTTP › Make a request with these values, then a router on status: pass goes on, flagged waits for the callback.',
    method: 'Method', url: 'URL', headers: 'Headers', body: 'Body (JSON)',
  },

  queue: {
    title: 'Review', empty: 'Nothing waits for you', emptyHint: 'Outputs that a rule flags, or that could not be checked, appear here by themselves.',
    emptyAction: 'See all logs', first: 'No output has come in yet', firstHint: 'Send one, and flagged ones appear here by themselves.', firstAction: 'Send the first output',
    waiting: (n: number) => s(n, 'waits', 'wait'), oldest: 'Oldest first', newest: 'Newest first', order: 'Order', list: 'Outputs that wait', allProjects: 'All projects', project: 'Project',
    select: 'Select', selected: (n: number) => `${count(n)} selected`, clear: 'Clear', selectAll: 'Select all',
    approve: 'Approve', reject: 'Reject', note: 'Note', noteLabel: 'Note for your colleagues and the callback', notePlaceholder: 'Why? (optional)',
    change: 'Ask for a change…', handled: 'I took care of it', open: 'Open the log', next: 'Next', previous: 'Previous',
    changeTitle: 'Ask for a change', changeComment: 'Tell the AI what to do differently', changeOutput: 'Write the output yourself', changeSend: 'Send',
    changeHint: 'Your words go to the automation through the callback.',
    done: (word: string, n: number) => (n === 1 ? `${word}.` : `${word}: ${count(n)} outputs.`), undone: 'Taken back. Nothing was sent.',
    sending: 'is sent in a moment', already: 'Somebody was faster', failed: 'Not decided',
    seenBy: (names: string) => `${names} ${names.includes(',') ? 'are' : 'is'} looking at this`, noInput: 'No input came with this output.',
    input: 'Input', output: 'Output', why: 'Why it is here', action: 'Proposed action', files: 'Files', details: 'Details', readOnly: 'You can look, but not decide. An admin can make you a reviewer.',
    gone: 'This output is no longer waiting.', pick: 'Choose an output on the left.', back: 'Back to the list', live: 'Live', offline: 'Reconnecting…',
    match: (n: number) => s(n, 'place', 'places'), connectionTitle: 'Changes of colleagues appear by themselves',
  },

  help: {
    title: 'Keyboard shortcuts',
    groups: [
      ['Review', [['j', 'next output'], ['k', 'output before'], ['a', 'approve'], ['r', 'reject'], ['n', 'write a note'], ['x', 'select'], ['u', 'undo the last decision'], ['Enter', 'open the log']]],
      ['Everywhere', [['g then o', 'overview'], ['g then q', 'review'], ['g then l', 'logs'], ['g then u', 'rules'], ['/', 'search the logs'], ['?', 'this help']]],
    ] as const,
  },

  log: {
    title: 'Log', back: 'Logs', taskItem: 'Item of a list of tasks', views: { rendered: 'Text', raw: 'Raw', json: 'JSON' }, view: 'How to show the output',
    rules: 'Rules', noRules: 'No rule applied.', judge: 'What the judge answered', timeline: 'Timeline', session: 'Session', sessionTurns: (n: number) => s(n, 'turn', 'turns'),
    metadata: 'Metadata', details: 'Details', flag: 'Report a problem', flagTitle: 'Report a problem', flagReason: 'What is wrong?', flagHint: 'The log goes back into the queue, whatever was decided before.',
    remove: 'Delete', removeTitle: 'Delete this log?', removeHint: 'The log and its files are gone for good.', removed: 'The log is deleted.',
    missing: 'There is no such log', missingHint: 'It may have been deleted, or belong to another workspace.',
    fields: { id: 'Id', project: 'Project', task: 'Task', model: 'Model', latency: 'Latency', cost: 'Cost', confidence: 'Confidence', session: 'Session', subject: 'Subject', actor: 'Actor', tags: 'Tags', time: 'Time', callback: 'Callback', score: 'Verdict is sure to', instructions: 'Instructions version', revisions: 'Attempts' },
    outcome: { passed: 'Passed', flagged: 'Flagged', error: 'Error', skipped: 'Skipped', undecided: 'Waiting' },
    events: {
      received: 'Received', evaluated: (status: string) => `Evaluated: ${status}`, judged: (rule: string) => `Judged: ${rule}`, flagged: (by: string) => `Reported by ${by}`,
      decided: (word: string, by: string, source: string) => `${word} by ${by} (${source})`,
      delivered: (what: string) => `${what} delivered`, waiting: (what: string) => `${what} waits for its next attempt`, dead: (what: string) => `${what} given up`,
      attempts: (n: number) => s(n, 'attempt', 'attempts'),
    },
    channel: { callback: 'Callback', slack: 'Slack', mail: 'E-mail' },
    corrected: 'Corrected by a person', comment: 'Change asked for', noJson: 'The output holds no JSON.', empty: 'The output is empty; its action or files stand for it.',
  },

  list: {
    title: 'Logs', search: 'Search the outputs', searchHint: 'Words inside the output', q: 'Names and ids', filters: 'Filters', clear: 'Clear all', columns: 'Columns',
    export: 'Export', csv: 'CSV', jsonl: 'JSON lines', views: 'Views', saveView: 'Save this view', viewName: 'Name of the view', noViews: 'Save the filters you come back to. Views are kept in this browser.', removeView: (name: string) => `Remove the view ${name}`,
    status: 'Status', project: 'Project', task: 'Task', session: 'Session', subject: 'Subject', actor: 'Actor', tags: 'Tags', from: 'From', to: 'To', pending: 'Waits for review', any: 'Any',
    empty: 'No log matches', emptyHint: 'Widen the filters, or clear them.', firstHint: 'Every output that is sent appears here, with what the rules said about it.', total: (n: number) => s(n, 'log', 'logs'),
    passRate: (rate: number) => `${rate}% passed`, waits: (n: number) => s(n, 'waits', 'wait'),
    cut: (n: number) => `Searched the newest ${count(n)} logs that match the other filters.`, older: 'Search older ones', rows: 'Log list',
    headings: { timestamp: 'Time', status: 'Status', decision: 'Decision', projectName: 'Project', taskName: 'Task', output: 'Output', explanation: 'Why', model: 'Model', latencyMs: 'Latency', costUsd: 'Cost', sessionId: 'Session', subjectId: 'Subject', actorId: 'Actor', tags: 'Tags' },
    sortBy: (name: string) => `Sort by ${name}`, sort: 'Sort by', descending: 'Descending', ascending: 'Ascending', noText: '(no text)', apply: 'Show',
  },

  rules: {
    title: 'Rules', lead: 'Every output is checked against the rules of its project and task, and the global ones.', add: 'New rule', empty: 'No rule yet',
    emptyHint: 'Without a rule every output passes. Begin with a template, or write your own.', active: 'Active', inactive: 'Off',
    columns: { name: 'Rule', scope: 'Applies to', hits: 'Hits, 7 days', precision: 'Confirmed', state: 'State' },
    precisionHint: 'Of the hits people decided on, the share they rejected or changed. A low share means false alarms.',
    noHits: 'no hits', undecided: 'not decided yet', everywhere: 'Everywhere', type: {
      keyword_required: 'Must contain', keyword_forbidden: 'Must not contain', regex_match: 'Pattern', length_limit: 'Length', confidence_threshold: 'Confidence',
      llm_judge: 'Judge', json_field: 'JSON field', json_field_keyword_required: 'JSON field must contain', json_field_keyword_forbidden: 'JSON field must not contain',
    } as Record<string, string>,
    about: {
      keyword_required: 'Flags outputs in which a word or phrase is missing.', keyword_forbidden: 'Flags outputs that hold a word or phrase.',
      regex_match: 'Flags outputs that match, or do not match, a regular expression.', length_limit: 'Flags outputs that are too short or too long.',
      confidence_threshold: 'Flags outputs whose model was not sure enough.', llm_judge: 'Asks a language model, in plain words.',
      json_field: 'Flags outputs whose JSON breaks a condition.', json_field_keyword_required: 'Flags outputs in whose JSON field a word is missing.', json_field_keyword_forbidden: 'Flags outputs in whose JSON field a word occurs.',
    } as Record<string, string>,
    form: {
      name: 'Name', description: 'Why it exists', descriptionHint: 'For colleagues who meet it later. Optional.', scope: 'Applies to', everywhere: 'All projects', task: 'Task', taskHint: 'Empty: all tasks of the project.', kind: 'What it checks',
      keywords: 'Words or phrases', keywordsHint: 'One a line, or separated by commas.', match: 'How many must be there', matchAll: 'All of them', matchAny: 'Any one', whole: 'Whole words only', case: 'Upper and lower case matter',
      pattern: 'Regular expression', flags: 'Ignore case', expect: 'Flag the output', expectNo: 'if the pattern is found', expectYes: 'if the pattern is not found',
      min: 'At least', max: 'At most', unit: 'Counted in', units: { characters: 'characters', words: 'words', lines: 'lines', bytes: 'bytes' },
      confidence: 'At least, 0 to 1', missing: 'If the log says no confidence', missingSkip: 'skip the rule', missingFlag: 'flag the output',
      instruction: 'What the judge shall look for', instructionHint: 'Say when the output fails, such as: “Fails if the reply promises a refund.”', threshold: 'Flag if the judge is at least this sure', withInput: 'Show the judge the input too', provider: 'Provider', model: 'Model', asWorkspace: 'as the workspace',
      path: 'Path', pathHint: 'Such as order.total or items[*].price; action.… for the proposed action.', operator: 'Condition', operand: 'Value',
      raw: 'Write the condition yourself', rawHint: 'The short or long form of docs/rules.md.', active: 'In force',
    },
    operators: { exists: 'is there', missing: 'is not there', '==': 'equals', '!=': 'is not', '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least', 'in': 'is in the range or list', is: 'is of the kind', matches: 'matches the pattern', contains: 'contains', length: 'has a length', before: 'is before', after: 'is after', within: 'is within' } as Record<string, string>,
    test: 'Try it', testLead: 'Paste an output. The answer follows as you type.', sample: 'An output', sampleHere: 'Paste an output here', passes: 'Passes', flags: 'Is flagged', cannot: 'Cannot be checked', confidence: 'Confidence',
    recent: 'On the latest logs', recentLead: 'Shows what it would say about the latest 100 logs, as you type.', recentNone: 'No log yet to try it on.',
    recentFlagged: (n: number, of: number) => `${count(n)} of the latest ${count(of)} would be flagged.`, recentPassed: (n: number) => (n === 0 ? '' : `${count(n)} of them passed before.`), outdated: 'The rule was changed since. Run it again.', judgeHint: 'A judge costs money: it is asked when you press the button.', ask: 'Ask the judge',
    backtest: 'Backtest', backtestLead: 'Runs the rule over stored logs and changes nothing.', run: 'Run', since: 'Over the last', days: (n: number) => s(n, 'day', 'days'),
    result: { evaluated: 'Checked', flagged: 'Would be flagged', newly: 'of these passed before', precision: 'Precision', recall: 'Recall', right: 'rightly flagged', alarms: (n: number) => s(n, 'false alarm', 'false alarms'), missed: (n: number) => `${count(n)} missed`, cut: 'There was more than could be checked in time; the numbers are about the oldest.', errors: 'could not be checked' },
    wouldFlag: 'would be flagged', create: 'Create the rule', save: 'Save', saved: 'The rule is saved. It applies to every output from now on.', created: 'The rule is in force from now on.', remove: 'Delete', removeTitle: 'Delete this rule?', removeHint: 'Outputs are no longer checked against it. What it said about earlier ones stays.', removed: 'The rule is deleted.',
    template: {
      pii: ['No personal data', 'E-mail addresses, card and phone numbers must not leave in an answer.'], secrets: ['No secrets', 'Keys and tokens of well-known services, and private keys.'],
      profanity: ['No swearing', 'Words that no customer should read from us. Add your own.'], refund: ['No refund promises', 'Money is given back by people.'],
      competitors: ['No competitor names', 'Put in the names of yours.'], json: ['The total is there and plausible', 'For outputs that are JSON: a field and its range.'],
      language: ['Answers in the customer’s language', 'A judge compares the language of the reply with that of the question.'],
    } satisfies Record<string, [name: string, description: string]>,
    templates: 'Templates', templatesLead: 'Begin with one of these; everything can be changed.', newTitle: 'New rule', missing: 'There is no such rule', readOnly: 'Only admins change rules.',
    off: 'Off', on: 'In force',
  },

  overview: {
    title: 'Overview', range: 'Range', ranges: { '7': '7 days', '30': '30 days', '90': '90 days', custom: 'From … to' }, compared: 'Each number beside that of as many days before.', project: 'Project', allProjects: 'All projects',
    volume: 'Outputs', passRate: 'Pass rate', flagged: 'Flagged', errors: 'Errors', open: 'Wait for review', oldest: (text: string) => `oldest ${text}`, incidents: 'Incidents avoided', incidentsHint: 'Outputs that people rejected or changed, times the cost of an incident in the settings.',
    points: ' pt', setCost: 'Set what an incident costs', saved: (amount: string) => `≈ ${amount} saved`, chart: 'Outputs per day', chartHint: 'By status, UTC days', byProject: 'Projects', byRule: 'Flagged by rule', none: 'No output in this range', noneHint: 'Choose a longer range, or send an output.',
    before: (value: string) => `${value} before`, same: 'as before', rateChart: 'Pass rate per day', measures: 'Latency and cost', measure: 'Number', by: 'By', byModel: 'Models', model: 'Model', latency: 'Latency', mean: 'Mean latency', p95: '95% within', cost: 'Cost', each: 'Cost an output', days: 'UTC days',
    otherModels: 'Other models', noModel: 'No model told', noMeasures: 'No output of this range tells its latency or cost. Send latencyMs, costUsd and model along.', unknown: '–', confirmed: (share: string) => `${share} confirmed`, table: 'Numbers', day: 'Day',
  },

  projects: {
    title: 'Projects', lead: 'A project is one automation. It appears with its first output.', empty: 'No project yet', emptyHint: 'Send an output with a project’s name and it appears here.', add: 'New project', name: 'Name', icon: 'Icon',
    iconHint: 'One emoji or letter.', logs: 'Logs', tasks: 'Tasks', noTasks: 'no tasks', edit: 'Edit', retention: 'Keep logs for', retentionHint: 'Days. Empty: as the workspace.', days: 'days', merge: 'Merge', mergeTitle: (from: string, into: string) => `Merge ${from} into ${into}?`,
    mergeHint: 'There is a project of this name. Logs, tasks and rules move to it; this cannot be undone.', remove: 'Delete', removeTitle: (name: string) => `Delete ${name}?`, removeHint: 'Its logs, files, rules and tasks are gone for good.', typeName: 'Type the project’s name to confirm', saved: 'Saved.', removed: 'The project is deleted.', merged: 'The projects are one now.', asWorkspace: 'as the workspace', addTask: 'Add', taskName: 'New task', tasksOf: (name: string) => `Tasks of ${name}`, tasksLead: 'A task is a step of the automation. It appears with its first output; add one here to give it rules before that.',
    removeTask: (n: number) => (n === 0 ? 'Delete it?' : `Delete it with its ${s(n, 'log', 'logs')}?`),
  },

  deliveries: {
    title: 'Deliveries', lead: 'Every message that leaves: callbacks, webhooks, Slack, e-mail. What fails is tried again for about a day and a half, then kept as dead.', state: 'State', states: { all: 'All', waiting: 'Waiting', delivered: 'Delivered', dead: 'Dead' } as Record<string, string>,
    empty: 'No delivery', emptyHint: 'Messages appear here when a log has a callback, or a channel is set up.', setUp: 'Set up a channel', replay: 'Send again', replayed: 'It is on its way again.', answered: (status: number) => `answered ${status}`, fresh: 'not tried yet', next: (at: string) => `next attempt at ${at}`, more: 'Older ones',
    event: { 'log.evaluated': 'Evaluated', 'log.decided': 'Decided' } as Record<string, string>, log: 'Log',
  },

  settings: {
    title: 'Settings', sections: { general: 'Workspace', channels: 'Channels', judges: 'Judges', members: 'Members', keys: 'Keys', audit: 'Audit' },
    readOnly: 'Only admins change settings.', general: {
      name: 'Name of the workspace', retention: 'Keep logs for', retentionHint: 'Days. Empty: for ever. Projects can differ.', cost: 'What one incident costs', costHint: 'US dollars. The overview multiplies it with the outputs that people held back.', usage: 'Usage', logsTotal: 'Logs', logsMonth: 'this month', media: 'Files', storage: 'On disk',
      token: 'Webhook token', tokenHint: 'Opens everything the hosted product’s documentation does with it. The whole of it is told on the server by', tokenCommand: 'tracira token show', scope: 'The token may', scopeFull: 'do everything the documentation says', scopeIngest: 'send outputs only', rotate: 'Draw a new token', rotateTitle: 'Draw a new token?', rotateHint: 'The old one is dead at once: every automation that sends it must be changed.', rotated: 'The new token, shown this once:',
    },
    channels: {
      slack: 'Slack', email: 'E-mail', webhook: 'Webhook', on: 'Send messages', flag: 'When an output is flagged', fail: 'When an output could not be checked', slackUrl: 'Incoming webhook URL', slackToken: 'Bot token', slackTokenHint: 'With a channel: messages get buttons to decide with.', slackChannel: 'Channel id', slackSecret: 'Signing secret',
      examples: { slackUrl: 'https://hooks.slack.com/services/…', slackToken: 'xoxb-…', address: 'team@example.com', url: 'https://…' },
      address: 'Address', url: 'URL', events: 'Events', secret: 'Signing secret', secretDraw: 'Draw a new secret', secretHint: 'Messages are signed as Standard Webhooks. For 24 hours the old secret signs too.', secretShown: 'The new secret, shown this once:', test: 'Send a test', tested: 'It arrived.', testFailed: 'It did not arrive.', untilSaved: 'Save first: the test uses what is saved.',
      eventNames: { 'log.pass': 'Passed', 'log.flagged': 'Flagged', 'log.error': 'Error', 'log.decided': 'Decided' } as Record<string, string>,
    },
    judges: { lead: 'Judge rules ask one of these, with your own key. A key is kept sealed and never shown again.', provider: 'Asked unless a rule says otherwise', key: 'Key', model: 'Model', base: 'Address of a model of your own', baseHint: 'Speaks as OpenAI does. A new address forgets the key.', baseExample: 'https://llm.example.com/v1', asOperator: 'as the server is set up' },
    members: { invite: 'Invite', email: 'E-mail', role: 'Role', roles: { admin: 'Admin', reviewer: 'Reviewer', viewer: 'Viewer' } as Record<string, string>, rolesHint: 'Viewers look, reviewers decide too, admins do everything.', link: 'Send this link. It is good for one person and 7 days.', open: 'Invited', withdraw: 'Withdraw', remove: 'Remove', removeTitle: (name: string) => `Remove ${name}?`, removeHint: 'Their sessions end at once.', you: 'you', expires: (when: string) => `good until ${when}` },
    keys: { make: 'New key', name: 'Name', scopes: 'May', scopeNames: { ingest: 'send outputs', read: 'read', review: 'decide', manage: 'change everything' } as Record<string, string>, expires: 'Good until', expiresHint: 'Empty: for ever.', shown: 'The key, shown this once:', empty: 'No key yet', emptyHint: 'Keys are for programs. Each can do only what it needs.', revoke: 'Revoke', revokeTitle: (name: string) => `Revoke ${name}?`, revokeHint: 'Whoever uses it is turned away at once.', used: 'Last used', never: 'never', for: 'for ever', ending: (four: string) => `tk-…${four}` },
    audit: { empty: 'Nothing changed yet', by: 'By', what: 'What', when: 'When', more: 'Older ones', filter: 'Only', all: 'Everything' },
  },

  account: {
    passwordTitle: 'Change your password', current: 'Current password', next: 'New password', changed: 'The password is changed. Your other sessions have ended.',
    everywhereTitle: 'Sign out everywhere?', everywhereHint: 'Every session of your account ends, on every device, this one too.', everywhere: 'Sign out everywhere',
  },
};

