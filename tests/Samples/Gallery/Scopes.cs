using ScopedTasks;

namespace Gallery;

internal static class Scopes
{
    public static async Task RunAsync(Shop shop, Order order)
    {
        await using var group = TaskGroup.Open(); // SCOPE603
        group.Spawn(_ => shop.StoreAsync(order));
    }
}
