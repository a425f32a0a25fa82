using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ScopedTasks.Ide.Tests;

/// <summary>A mistake as someone writes it, and what the editor says of it.</summary>
/// <param name="Code">The source, with <c>[|..|]</c> around what is underlined.</param>
/// <param name="Menu">The titles that the light bulb lists of ours, in order.</param>
public sealed record Mistake(
    string Id, DiagnosticSeverity Severity, string Message, string Code, params string[] Menu)
{
    public string Source => Code.Replace("[|", "").Replace("|]", "");

    public string Underlined => Code[(Code.IndexOf("[|") + 2)..Code.IndexOf("|]")];
}

/// <summary>Mistakes of every family.</summary>
public static class Mistakes
{
    private static readonly Mistake[] All =
    [
        new(
            "SCOPE101",
            DiagnosticSeverity.Warning,
            "'MailAsync' is started here and nobody waits for it: its failure is lost; run it in a task group, or " +
            "hand it to 'BackgroundTasks.Spawn'",
            """
            class Shop
            {
                void Place(int order)
                {
                    [|MailAsync(order)|];
                }

                Task MailAsync(int order, CancellationToken ct = default) => Task.CompletedTask;
            }
            """,
            "Detach it: run it in the background, tracked and with its failure reported"),
        new(
            "SCOPE102",
            DiagnosticSeverity.Info,
            "'MailAsync' is started and let go: nobody waits for it, and its failure is lost; run it in a task group",
            """
            class Shop
            {
                async Task PlaceAsync(int order, CancellationToken ct)
                {
                    _ = [|MailAsync(order, ct)|];
                    await SaveAsync(order, ct);
                }

                Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
                Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            }
            """,
            "Run in a task group (waits for it; each failure is reported, nothing is stopped)",
            "Await it"),
        new(
            "SCOPE103",
            DiagnosticSeverity.Warning,
            "'MailAsync' is started here and nobody waits for it: 'mail' is never awaited; run it in a task group",
            """
            class Shop
            {
                async Task PlaceAsync(int id)
                {
                    var mail = [|MailAsync(id)|];
                    await StoreAsync(id);
                }

                Task MailAsync(int id) => Task.CompletedTask;
                Task StoreAsync(int id) => Task.CompletedTask;
            }
            """,
            "Run in a task group (waits for it; failures come out at the end)"),
        new(
            "SCOPE104",
            DiagnosticSeverity.Warning,
            "'MailAsync' is started here and not awaited on every path: 'return' leaves before; run it in a task group",
            """
            class Shop
            {
                async Task PlaceAsync(int id)
                {
                    var mail = [|MailAsync(id)|];
                    if (id > 3)
                    {
                        return;
                    }

                    await mail;
                }

                Task MailAsync(int id) => Task.CompletedTask;
            }
            """,
            "Run in a task group (waits for it; failures come out at the end)"),
        new(
            "SCOPE105",
            DiagnosticSeverity.Info,
            "'PriceAsync' runs beside 'user', which is awaited first: when that fails, nobody waits for this one; " +
            "run them with 'TaskGroup.WhenAllAsync'",
            """
            class Shop
            {
                async Task<int> AddAsync(int id)
                {
                    var user = UserAsync(id);
                    var price = [|PriceAsync(id)|];
                    return await user + await price;
                }

                Task<int> UserAsync(int id) => Task.FromResult(id);
                Task<int> PriceAsync(int id) => Task.FromResult(id);
            }
            """,
            "Run them in a task group (the first failure cancels the rest)"),
        new(
            "SCOPE109",
            DiagnosticSeverity.Warning,
            "'Place' is 'async void': no caller can wait for it, and its failure ends the process; return 'Task'",
            """
            class Shop
            {
                public async void [|Place|](int order) => await MailAsync(order);

                Task MailAsync(int order) => Task.CompletedTask;
            }
            """),
        new(
            "SCOPE110",
            DiagnosticSeverity.Warning,
            "'async (..) => ..' becomes 'Action', which returns nothing to wait for: its failure ends the process; " +
            "use a delegate that returns 'Task'",
            """
            class Shop
            {
                void Place(int order) => Retry([|async () => await MailAsync(order)|]);

                void Retry(Action action) => action();
                Task MailAsync(int order) => Task.CompletedTask;
            }
            """),
        new(
            "SCOPE111",
            DiagnosticSeverity.Info,
            "'OnPlaced' handles an event, and a failure of 'MailAsync' ends the process; catch it in the handler",
            """
            class Shop
            {
                async void [|OnPlaced|](object sender, EventArgs e) => await MailAsync(1);

                Task MailAsync(int order) => Task.CompletedTask;
            }
            """),
        new(
            "SCOPE112",
            DiagnosticSeverity.Warning,
            "'Placed' may have several handlers, and gives the task of the last alone: nobody waits for the others; " +
            "run all of its handlers in a task group",
            """
            public class Shop
            {
                public event Func<int, Task>? Placed;

                async Task PlaceAsync(int order)
                {
                    if (Placed != null)
                        await [|Placed(order)|];
                }
            }
            """,
            "Run every handler in a task group (waits for all; failures come out at the end)"),
        new(
            "SCOPE116",
            DiagnosticSeverity.Warning,
            "'FindAsync' is used without being awaited: the text gets the name of the task's type; await it",
            """
            class Shop
            {
                async Task<string> LabelAsync(int id)
                {
                    await Task.Yield();
                    return $"Item {[|FindAsync(id)|]}";
                }

                Task<int> FindAsync(int id) => Task.FromResult(id);
            }
            """,
            "Await it"),
        new(
            "SCOPE201",
            DiagnosticSeverity.Warning,
            "'LoadAsync().Result' blocks the thread until the task has completed; await it",
            """
            class Shop
            {
                async Task<int> PriceAsync(int id)
                {
                    await Task.Yield();
                    return [|LoadAsync(id).Result|] + 1;
                }

                Task<int> LoadAsync(int id) => Task.FromResult(id);
            }
            """,
            "Await it"),
        new(
            "SCOPE202",
            DiagnosticSeverity.Warning,
            "'Thread.Sleep' blocks the thread until the time is over; use 'await Task.Delay'",
            """
            class Shop
            {
                async Task RetryAsync()
                {
                    [|Thread.Sleep(10)|];
                    await Task.Yield();
                }
            }
            """,
            "Await 'Task.Delay' instead"),
        new(
            "SCOPE302",
            DiagnosticSeverity.Warning,
            "'ReadAsync' produces an async stream that nobody enumerates, so it never runs; " +
            "enumerate it with 'await foreach'",
            """
            class Shop
            {
                async Task ImportAsync()
                {
                    _ = [|ReadAsync()|];
                    await Task.Yield();
                }

                async IAsyncEnumerable<int> ReadAsync()
                {
                    await Task.Yield();
                    yield return 1;
                }
            }
            """,
            "Enumerate it with 'await foreach'"),
        new(
            "SCOPE303",
            DiagnosticSeverity.Warning,
            "'MailAsync' never runs: nobody enumerates the sequence that would start it; " +
            "run it with 'TaskGroup.ForEachAsync', or await 'Task.WhenAll' of it",
            """
            class Shop
            {
                async Task TellAsync()
                {
                    _ = [|new[] { 1, 2 }.Select(order => MailAsync(order))|];
                    await Task.Yield();
                }

                Task MailAsync(int order) => Task.CompletedTask;
            }
            """,
            "Run in a task group: at most 16 at once (waits for it; failures come out at the end)",
            "Await all with 'Task.WhenAll'"),
        new(
            "SCOPE305",
            DiagnosticSeverity.Warning,
            "'new Task<int>' is awaited but never started, so the wait never ends; use 'Task.Run'",
            """
            class Shop
            {
                async Task<int> CountAsync()
                {
                    var count = [|new Task<int>(() => 1)|];
                    return await count;
                }
            }
            """,
            "Run it with 'Task.Run'"),
        new(
            "SCOPE401",
            DiagnosticSeverity.Warning,
            "'PackAsync' is started on every iteration and nobody waits for it; run it in a task group with a limit",
            """
            class Shop
            {
                async Task FulfilAsync(IAsyncEnumerable<int> orders, CancellationToken ct)
                {
                    await foreach (var order in orders)
                    {
                        _ = [|PackAsync(order, ct)|];
                    }
                }

                Task PackAsync(int order, CancellationToken ct) => Task.CompletedTask;
            }
            """,
            "Bound it: at most 16 at once (waits for it; failures come out at the end)"),
        new(
            "SCOPE402",
            DiagnosticSeverity.Info,
            "'PriceAsync' is started for every element at once, and nothing bounds how many run; " +
            "bound it with 'TaskGroup.SelectAsync'",
            """
            class Shop
            {
                async Task<int> SumAsync(IEnumerable<int> ids, CancellationToken ct)
                {
                    var prices = await Task.WhenAll(ids.Select(id => [|PriceAsync(id, ct)|]));
                    return prices.Sum();
                }

                Task<int> PriceAsync(int id, CancellationToken ct) => Task.FromResult(id);
            }
            """,
            "Bound it: at most 16 at once (the first failure cancels the rest)"),
        new(
            "SCOPE403",
            DiagnosticSeverity.Warning,
            "'List.ForEach' starts 'MailAsync' and does not wait for it: its failure is lost; " +
            "await each in a 'foreach', or run them with 'TaskGroup.ForEachAsync'",
            """
            class Shop
            {
                async Task TellAsync(List<int> orders)
                {
                    orders.ForEach(order => [|MailAsync(order)|]);
                    await Task.Yield();
                }

                Task MailAsync(int order) => Task.CompletedTask;
            }
            """,
            "Await each in a 'foreach'",
            "Bound it: at most 16 at once (waits for it; failures come out at the end)"),
        new(
            "SCOPE404",
            DiagnosticSeverity.Warning,
            "'RefreshAsync' is started at every tick of 'PeriodicTimer', whether or not the last one has ended; " +
            "await it in the loop",
            """
            class Shop
            {
                async Task RunAsync(PeriodicTimer timer, CancellationToken ct)
                {
                    while (await timer.WaitForNextTickAsync(ct))
                    {
                        _ = [|RefreshAsync(ct)|];
                    }
                }

                Task RefreshAsync(CancellationToken ct) => Task.CompletedTask;
            }
            """,
            "Run one at a time in a task group (waits for it; each failure is reported, nothing is stopped)"),
        new(
            "SCOPE406",
            DiagnosticSeverity.Info,
            "'Task.WhenAny' looks at all of 'left' again for every task that ends; " +
            "use 'await foreach' over 'Task.WhenEach'",
            """
            class Shop
            {
                async Task<int> SumAsync(IEnumerable<Task<int>> prices)
                {
                    var sum = 0;
                    var left = prices.ToList();
                    while (left.Count > 0)
                    {
                        var price = await [|Task.WhenAny(left)|];
                        left.Remove(price);
                        sum += await price;
                    }

                    return sum;
                }
            }
            """,
            "Take them as they end with 'Task.WhenEach'"),
        new(
            "SCOPE407",
            DiagnosticSeverity.Warning,
            "'i' is read when 'Task.Run' runs it, and by then the loop may have changed it; copy it inside the loop",
            """
            class Shop
            {
                async Task CountAsync(Task[] counts)
                {
                    for (var i = 0; i < counts.Length; i++)
                    {
                        counts[i] = Task.Run(() => Count([|i|]));
                    }

                    await Task.WhenAll(counts);
                }

                void Count(int shelf) { }
            }
            """,
            "Copy 'i' inside the loop"),
        new(
            "CS4014",
            DiagnosticSeverity.Warning,
            "Because this call is not awaited, execution of the current method continues before the call is " +
            "completed. Consider applying the 'await' operator to the result of the call.",
            """
            class Shop
            {
                async Task PlaceAsync(int order, CancellationToken ct)
                {
                    [|MailAsync(order, ct)|];
                    await SaveAsync(order, ct);
                }

                Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
                Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            }
            """,
            "Await it",
            "Run in a task group (waits for it; failures come out at the end)"),
        .. BlockingMistakes.All,
    ];

    public static TheoryData<string> Ids => [.. All.Select(mistake => mistake.Id)];

    public static Mistake Of(string id) => All.Single(mistake => mistake.Id == id);
}
