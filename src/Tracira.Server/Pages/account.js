// The page behind the links for the first admin and for invited people: both choose a password and are signed in.
const token = new URLSearchParams(location.search).get('token') ?? '';
const invited = location.pathname === '/invitation';
const address = invited ? `/api/auth/invitations/${encodeURIComponent(token)}` : '/api/auth/setup';
const form = document.getElementById('form');
const message = document.getElementById('message');

function say(text, isError = false) {
  message.textContent = text;
  message.className = isError ? 'error' : '';
}

async function call(method, body) {
  const answer = await fetch(address, { method, body: body && JSON.stringify(body), headers: body && { 'Content-Type': 'application/json' } });
  const json = await answer.json();
  if (!answer.ok)
    throw new Error(json.fields ? Object.entries(json.fields).map(([field, fault]) => `${field} ${fault}`).join('; ') : json.error);
  return json;
}

async function begin() {
  const state = await call('GET');
  if (invited) {
    document.getElementById('title').textContent = `Join ${state.workspaceName}`;
    say(state.hasAccount ? 'You have an account already: type its password.' : `You are invited as ${state.role}. Choose a password of at least 10 characters.`);
    form.email.value = state.email;
    form.email.readOnly = true;
    document.getElementById('name-label').hidden = state.hasAccount;
  } else {
    if (!state.needed)
      throw new Error('This server has its first admin already. Ask them for an invitation.');
    document.getElementById('title').textContent = 'Set up Tracira';
    say('Make the first admin. Choose a password of at least 10 characters.');
  }
  form.hidden = false;
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const { email, name, password } = Object.fromEntries(new FormData(form));
  try {
    const me = await call('POST', invited ? { name, password } : { token, email, name, password });
    form.hidden = true;
    say(`Welcome, ${me.email}. This browser is signed in to ${me.workspaceName}.`);
  } catch (error) {
    say(error.message, true);
  }
});

begin().catch(error => say(error.message, true));
