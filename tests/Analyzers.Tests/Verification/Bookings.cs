namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>The method that fixes of kept tasks rewrite, and the calls that it makes.</summary>
internal static class Bookings
{
    public static string Async(string statements, bool isFixed = false)
    {
        var lines = statements.Replace("\n", "\n        ").Replace("\n        \n", "\n\n");
        return Member(
            $$"""
            async Task PlaceAsync(int order, CancellationToken ct)
                {
                    {{lines}}
                }
            """,
            isFixed);
    }

    public static string Member(string member, bool isFixed = false) =>
        (isFixed ? "using ScopedTasks;\n\n" : "")
        + $$"""
        class Shop
        {
            {{member}}

            Task SendAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task<int> PriceAsync(int order, CancellationToken ct) => Task.FromResult(order);
            Task<int> GetAsync(int order) => Task.FromResult(order);
        }
        """;
}
