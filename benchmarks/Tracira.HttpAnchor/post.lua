-- wrk's requests: a log of about 1.2 KB, each of another session and customer. SYNC=true in the environment asks for the verdict.
local sync = os.getenv("SYNC") or "false"
local words = "The parcel left our warehouse this morning and arrives on Thursday. You can follow it with the link in our last message. "
local output = string.rep(words, 7)
local counter = 0

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("TOKEN") or "none")

request = function()
  counter = counter + 1
  local body = string.format(
    '{"project":"project-%d","task":"draft","output":"%s","model":"gpt-4o","input":"Where is my parcel?","latencyMs":812,"costUsd":0.0021,"confidence":0.91,"sessionId":"session-%d","subjectId":"customer-%d","actorId":"agent-%d","sync":%s,"tags":["email"],"metadata":{"run":%d}}',
    counter % 12, output, counter / 5, counter % 20000, counter % 40, sync, counter)
  return wrk.format(nil, "/api/logs", nil, body)
end
