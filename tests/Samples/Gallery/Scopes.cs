using ScopedTasks;

namespace Gallery;

internal static class Scopes
{
    public static async Task RunAsync(Shop shop, Order order)
    {
        await TaskGroup.RunAsync(async group =>
        {
            await shop.StoreAsync(order);
            _ = shop.SendAsync(order); // SCOPE601
        });
        await using var group = TaskGroup.Open(); // SCOPE603
        group.Spawn(_ => shop.StoreAsync(order));
    }
}
