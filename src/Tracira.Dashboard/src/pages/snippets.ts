export type Way = 'curl' | 'n8n' | 'make' | 'javascript' | 'csharp';

const example = { project: 'my-first-project', task: 'reply', input: 'Where is my parcel?', output: 'Here is my AI-generated response.' };

/** The first request in everybody's own language, with address and key filled in. */
export function snippets(server: string, key: string): Record<Way, string> {
  const url = `${server}/api/logs`;
  const body = JSON.stringify({ ...example, sync: true }, null, 2);
  return {
    curl: `curl -X POST ${url} \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '${body.replaceAll('\n', '\n  ')}'`,
    n8n: JSON.stringify({
      nodes: [{
        parameters: {
          method: 'POST', url, sendHeaders: true,
          headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${key}` }] },
          sendBody: true, specifyBody: 'json',
          jsonBody: '={{ JSON.stringify({ project: "my-first-project", output: $json.output, sync: true }) }}',
          options: {},
        },
        id: 'tracira-check', name: 'Check with Tracira', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, position: [0, 0],
      }],
      connections: {},
    }, null, 2),
    make: `Method        POST
URL           ${url}
Header        Authorization: Bearer ${key}
Body type     Raw
Content type  JSON (application/json)
Request content
${body}
Parse response  Yes`,
    javascript: `const answer = await fetch("${url}", {
  method: "POST",
  headers: {
    "Authorization": "Bearer ${key}",
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${body.replaceAll('\n', '\n  ')}),
});
const { id, status } = await answer.json();
if (status !== "pass")
  console.log(\`Held back: \${id}\`);`,
    csharp: `using System.Net.Http.Headers;
using System.Net.Http.Json;

using var http = new HttpClient { BaseAddress = new Uri("${server}") };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "${key}");

using HttpResponseMessage response = await http.PostAsJsonAsync("/api/logs", new
{
    project = "${example.project}",
    task = "${example.task}",
    output = "${example.output}",
    sync = true,
});
Answer answer = (await response.Content.ReadFromJsonAsync<Answer>())!;
if (answer.Status != "pass")
    Console.WriteLine($"Held back: {answer.Id}");

record Answer(string Id, string Status);`,
  };
}
