// Reads "count times" from each line, runs as many groups of that size, answers with a line.
const readline = require("node:readline");

async function nothing() {}

async function run(count, times) {
  for (let time = 0; time < times; time++) {
    const children = new Array(count);
    for (let index = 0; index < count; index++) children[index] = nothing();
    await Promise.all(children);
  }
}

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const [count, times] = line.split(" ").map(Number);
  await run(count, times);
  process.stdout.write("done\n");
});
