namespace Shop.Scenarios;

/// <summary>
/// Runs the scenarios in turn, those of mistakes or those that prove a right form, and prints a line for each: verdict,
/// name, place in the code, fact.
/// </summary>
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
        ("product reviews", "Catalog/ReviewEndpoints.cs", ColdScenarios.ReviewAsync),
        ("restocked products", "Mail/RestockMailer.cs", ColdScenarios.RestockedAsync),
        ("reservations", "Warehouse/Reservations.cs", ColdScenarios.ReservationAsync),
        ("labels", "Labels/LabelPrinter.cs", ColdScenarios.LabelsAsync),
    ];

    private static readonly (string Name, string File, Func<Task<Observation>> Observe)[] Proofs =
    [
        ("welcomes at shutdown", "Hosting/HostedTaskGroup.cs", HostingProofs.WelcomesAtShutdownAsync),
        ("shutdown timeout", "Hosting/HostedTaskGroup.cs", HostingProofs.WelcomesAtTheShutdownTimeoutAsync),
        ("supervised failure", "Hosting/HostedTaskGroup.cs", HostingProofs.SupervisedFailureAsync),
        ("unexpected failure", "Hosting/HostedTaskGroup.cs", HostingProofs.UnexpectedFailureAsync),
        ("request aborted", "Prices/OfferEndpoints.cs", HostingProofs.OffersForWhoHangsUpAsync),
    ];

    public static Task<int> RunAsync(string[] names) => RunAsync(Scenarios, names);

    public static Task<int> ProveAsync(string[] names) => RunAsync(Proofs, names);

    private static async Task<int> RunAsync(
        (string Name, string File, Func<Task<Observation>> Observe)[] scenarios, string[] names)
    {
        var unknown = names.Except(scenarios.Select(scenario => scenario.Name)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"No such scenario: {string.Join(", ", unknown)}.");
            await Console.Error.WriteLineAsync($"There are: {string.Join(", ", scenarios.Select(s => s.Name))}.");
            return 2;
        }

        foreach (var (name, file, observe) in scenarios)
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
