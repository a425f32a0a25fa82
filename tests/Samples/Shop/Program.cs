using Shop;
using Shop.Scenarios;

if (args is ["scenarios", .. var names])
{
    return await ScenarioRunner.RunAsync(names);
}

var app = ShopHost.Build(args);
await app.RunAsync();
return 0;
