namespace Shop.Scenarios;

/// <summary>Runs the scenarios one after the other and prints one line for each.</summary>
internal static class ScenarioRunner
{
    private static readonly (string Name, Func<Task<Observation>> Observe)[] Scenarios =
    [
        ("orders at shutdown", OrderScenarios.OrdersAtShutdownAsync),
        ("order confirmation", OrderScenarios.ConfirmationWhileMailIsDownAsync),
        ("loyalty points", OrderScenarios.PointsInTheAnswerAsync),
        ("newsletter", BurstScenarios.NewsletterAsync),
        ("price refresh", BurstScenarios.PriceRefreshAsync),
        ("product pictures", BurstScenarios.PicturesAsync),
        ("quote", PriceScenarios.ThreadsHeldByQuotesAsync),
        ("audit at shutdown", PriceScenarios.AuditAtShutdownAsync),
        ("price invalidation", PriceScenarios.InvalidationWhileSupplierIsDownAsync),
        ("supplier reconnect", PriceScenarios.ReconnectWhileSupplierIsDownAsync),
        ("product import", ImportScenarios.ImportedProductsAsync),
    ];

    public static async Task<int> RunAsync(string[] names)
    {
        var unknown = names.Except(Scenarios.Select(scenario => scenario.Name)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"No such scenario: {string.Join(", ", unknown)}.");
            await Console.Error.WriteLineAsync($"There are: {string.Join(", ", Scenarios.Select(s => s.Name))}.");
            return 2;
        }

        foreach (var (name, observe) in Scenarios)
        {
            if (names.Length == 0 || names.Contains(name))
            {
                var (healthy, fact) = await observe();
                Console.WriteLine($"[{(healthy ? "fine" : "suffers")}] {name}: {fact}");
            }
        }

        return 0;
    }
}
