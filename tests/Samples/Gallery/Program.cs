using Gallery;

// Every mistake that has a rule, once. A comment names the rule on the line that it reports; a test holds the two
// equal.
var shop = new Shop();
var orders = new[] { new Order(1), new Order(2), new Order(3) };

LostTasks.Start(shop, orders[0]);
await LostTasks.RunAsync(shop, orders[0]);
await Gallery.Blocking.RunAsync(shop, orders[0]);
await Cold.RunAsync(shop, orders);
await Cancellation.RunAsync(shop, orders, CancellationToken.None);
Loops.Start();
await Spawning.RunAsync(shop, orders);
await Scopes.RunAsync(shop, orders[0]);
await shop.SettleAsync();

Console.WriteLine($"{shop.Stored} stored, {shop.Sent} sent");
