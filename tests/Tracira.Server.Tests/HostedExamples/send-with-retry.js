async function sendWithRetry(payload, token) {
for (let attempt = 0; attempt < 4; attempt++) {
const res = await fetch("https://tracira.com/api/logs", {
method: "POST",
headers: {
"Authorization": `Bearer ${token}`,
"Content-Type": "application/json",
},
body: JSON.stringify(payload),
});
if (res.status !== 429) return res;
const retryAfter = Number(res.headers.get("Retry-After") ?? 60);
await new Promise(r => setTimeout(r, retryAfter * 1000));
}
throw new Error("Rate limit exceeded after retries");
}
