// Verifies what a receiver got as its users would: verify.mjs SECRET FILE..., each file {"headers":{…},"body":"…"}. Prints a line for each.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const [secret, ...files] = process.argv.slice(2);
for (const file of files) {
  const { headers, body } = JSON.parse(readFileSync(file, "utf8"));
  try {
    new Webhook(secret).verify(body, headers);
    console.log("verified");
  } catch (error) {
    console.log(error.message);
  }
}
