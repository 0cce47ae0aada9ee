// A mail server on the loopback. What it makes of a mail its recipient says; what it took it prints, a line of JSON each.
import { SMTPServer } from 'smtp-server';

const [tls = 'plain'] = process.argv.slice(2);
const refusal = (message, responseCode) => Object.assign(new Error(message), { responseCode });

const server = new SMTPServer({
  authOptional: true,
  allowInsecureAuth: true,
  disabledCommands: tls === 'plain' ? ['STARTTLS'] : [],
  onAuth: ({ username, password }, session, done) =>
    username === 'tracira' && password === 'the right one' ? done(null, { user: username }) : done(refusal('Credentials are wrong', 535)),
  onRcptTo: ({ address }, session, done) => {
    if (address.startsWith('unknown@')) return done(refusal('No such mailbox here', 550));
    if (address.startsWith('full@')) return done(refusal('Mailbox is full', 452));
    if (address.startsWith('slow@')) return setTimeout(done, 20_000);
    return done();
  },
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      const raw = Buffer.concat(parts).toString('base64');
      console.log(JSON.stringify({ user: session.user ?? null, to: session.envelope.rcptTo.map(to => to.address), raw }));
      done();
    });
  },
});
server.on('error', () => {}); // clients that hang up
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.server.address().port })));
