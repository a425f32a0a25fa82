using Shop.Warehouse;

namespace Shop.Scenarios;

/// <summary>What customers who wait for their turn at the warehouse cost the shop.</summary>
internal static class WarehouseScenarios
{
    public static async Task<Observation> ThreadsHeldByTurnsAsync()
    {
        var warehouse = new SlowWarehouse();
        await using var shop = await RunningShop.StartAsync(
            services => services.AddSingleton<IWarehouse>(warehouse));

        var held = 0;
        await Task.WhenAll(AskAsync(1), AskAsync(2), AskAsync(3), AskAsync(4), AnswerLateAsync());
        return new(held == 0, $"4 customers ask for stock, one is answered, {held} threads held");

        async Task AskAsync(int number) => await shop.Client.GetStringAsync($"/availability/P{number}");

        async Task AnswerLateAsync()
        {
            await warehouse.Counting.BegunAsync(1);
            do
            {
                await shop.AtRestAsync();
            }
            while (shop.Requests.InFlight < 4);

            held = shop.Requests.HeldThreads;
            warehouse.Counting.LetThrough();
        }
    }

    /// <summary>Counts when it is let.</summary>
    private sealed class SlowWarehouse : IWarehouse
    {
        public SlowCall Counting { get; } = new();

        public async Task<int> CountAsync(string sku, CancellationToken cancellationToken = default)
        {
            await Counting.PassAsync();
            return 3;
        }
    }
}
