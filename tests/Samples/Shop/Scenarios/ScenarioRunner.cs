namespace Shop.Scenarios;

/// <summary>Runs the scenarios in turn and prints a line for each: verdict, name, place in the code, fact.</summary>
internal static class ScenarioRunner
{
    private static readonly (string Name, string File, Func<Task<Observation>> Observe)[] Scenarios =
    [
        ("orders at shutdown", "Orders/OrderWorker.cs", OrderScenarios.OrdersAtShutdownAsync),
        ("order confirmation", "Orders/OrderService.cs", OrderScenarios.ConfirmationWhileMailIsDownAsync),
        ("loyalty points", "Loyalty/LoyaltyProgram.cs", OrderScenarios.PointsInTheAnswerAsync),
        ("loyalty statement", "Loyalty/StatementMailer.cs", LoyaltyScenarios.StatementAsync),
        ("newsletter", "Mail/NewsletterSender.cs", BurstScenarios.NewsletterAsync),
        ("price refresh", "Prices/PriceRefreshWorker.cs", BurstScenarios.PriceRefreshAsync),
        ("product pictures", "Catalog/PictureLoader.cs", BurstScenarios.PicturesAsync),
        ("stock-taking", "Stock/StockTaking.cs", BurstScenarios.StockTakingAsync),
        ("quotes", "Prices/QuoteService.cs", PriceScenarios.ThreadsHeldByQuotesAsync),
        ("stock at the warehouse", "Warehouse/Availability.cs", WarehouseScenarios.ThreadsHeldByTurnsAsync),
        ("audit at shutdown", "Prices/PriceEndpoints.cs", PriceScenarios.AuditAtShutdownAsync),
        ("price invalidation", "Prices/PriceList.cs", PriceScenarios.InvalidationWhileSupplierIsDownAsync),
        ("supplier reconnect", "Prices/SupplierReconnector.cs", PriceScenarios.ReconnectWhileSupplierIsDownAsync),
        ("birthdays", "Mail/BirthdayGreeter.cs", BirthdayScenarios.GreetingsAsync),
        ("product import", "Catalog/ImportWorker.cs", ImportScenarios.ImportedProductsAsync),
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

        foreach (var (name, file, observe) in Scenarios)
        {
            if (names.Length == 0 || names.Contains(name))
            {
                var (healthy, fact) = await observe();
                Console.WriteLine($"[{(healthy ? "fine" : "suffers")}] {name} ({file}): {fact}");
            }
        }

        return 0;
    }
}
