using Shop;
using Shop.Scenarios;

if (args is ["scenarios", .. var names])
{
    return await ScenarioRunner.RunAsync(names);
}

if (args is ["proofs", .. var proofs])
{
    return await ScenarioRunner.ProveAsync(proofs);
}

var app = ShopHost.Build(args);
await app.RunAsync();
return 0;
