using Microsoft.CodeAnalysis;

namespace ScopedTasks.Ide.Tests;

/// <summary>Mistakes that hold a thread, or whose work never runs or runs twice.</summary>
internal static class BlockingMistakes
{
    public static readonly Mistake[] All =
    [
        new(
            "SCOPE203",
            DiagnosticSeverity.Warning,
            "'File.ReadAllText' holds the thread in async code; await 'ReadAllTextAsync'",
            """
            class Shop
            {
                async Task<string> TermsAsync(string path)
                {
                    await Task.Yield();
                    return [|System.IO.File.ReadAllText(path)|];
                }
            }
            """,
            "Await 'ReadAllTextAsync' instead"),
        new(
            "SCOPE206",
            DiagnosticSeverity.Info,
            "The 'using' of 'FileStream' holds the thread, and has 'DisposeAsync'; use 'await using'",
            """
            class Shop
            {
                async Task ExportAsync(string path, byte[] orders)
                {
                    using var file = [|System.IO.File.Create(path)|];
                    await file.WriteAsync(orders);
                }
            }
            """,
            "Dispose it with 'await using'"),
        new(
            "SCOPE207",
            DiagnosticSeverity.Warning,
            "'Thread.Sleep' stops the whole event loop until the time is over; run it with 'Blocking.RunAsync'",
            """
            using ScopedTasks;

            class Shop
            {
                async Coroutine OpenAsync()
                {
                    await Coroutine.Yield();
                    [|Thread.Sleep(100)|];
                }
            }
            """,
            "Run it with 'Blocking.RunAsync', while the loop goes on"),
        new(
            "SCOPE301",
            DiagnosticSeverity.Warning,
            "'MailAsync' never runs: await it",
            """
            using ScopedTasks;

            class Shop
            {
                async Coroutine PlaceAsync(CoroutineGroup group, int order)
                {
                    _ = [|MailAsync(order)|];
                    await MailAsync(order + 1);
                }

                async Coroutine MailAsync(int order) => await Coroutine.Yield();
            }
            """,
            "Await it",
            "Spawn in the group 'group'"),
        new(
            "SCOPE304",
            DiagnosticSeverity.Warning,
            "'MailAsync' is called again for every element whenever 'mails' is enumerated: in line 6 and in line 9; "
            + "keep its 'ToList()'",
            """
            class Shop
            {
                async Task MailAsync(List<int> orders)
                {
                    var mails = [|orders.Take(10).Select(order => MailAsync(order))|];
                    try { await Task.WhenAll(mails); }
                    catch (TimeoutException)
                    {
                        foreach (var mail in mails)
                            Console.WriteLine(mail.Exception);
                    }
                }

                Task MailAsync(int order) => Task.Delay(order);
            }
            """,
            "Make a list of it"),
        new(
            "SCOPE306",
            DiagnosticSeverity.Warning,
            "'price' is a 'ValueTask<int>', which may be consumed once, and was consumed in line 6 already; "
            + "keep its 'AsTask()' instead",
            """
            class Shop
            {
                async Task<int> QuoteAsync(int order)
                {
                    var price = PriceAsync(order);
                    if (await price == 0)
                        return 0;

                    return await [|price|] + 1;
                }

                async ValueTask<int> PriceAsync(int order)
                {
                    await Task.Yield();
                    return order;
                }
            }
            """,
            "Keep its 'AsTask()'"),
        new(
            "SCOPE307",
            DiagnosticSeverity.Info,
            "'null' is returned to whoever awaits 'MailAsync'; give 'Task.CompletedTask'",
            """
            #nullable disable
            class Shop
            {
                Task MailAsync(int order)
                {
                    if (order == 0)
                        return [|null|];

                    return Task.Delay(order);
                }
            }
            """,
            "Give a task that is complete"),
        new(
            "SCOPE308",
            DiagnosticSeverity.Warning,
            "'MailAsync' is awaited even where 'mailer' is null, and then the 'await' throws; "
            + "await 'Task.CompletedTask' then, or nothing",
            """
            #nullable disable
            class Shop
            {
                async Task PlaceAsync(Shop mailer, int order)
                {
                    await [|mailer?.MailAsync(order)|];
                }

                Task MailAsync(int order) => Task.Delay(order);
            }
            """,
            "Await 'Task.CompletedTask' where there is none"),
        new(
            "SCOPE309",
            DiagnosticSeverity.Warning,
            "'orders' is never disposed, and the 'finally' of the stream does not run; open it with 'await using'",
            """
            class Shop
            {
                async Task<int> FirstAsync(IAsyncEnumerable<int> all)
                {
                    var orders = [|all.GetAsyncEnumerator()|];
                    return await orders.MoveNextAsync() ? orders.Current : 0;
                }
            }
            """,
            "Dispose it with 'await using'"),
        new(
            "SCOPE503",
            DiagnosticSeverity.Warning,
            "The cancellation of 'MailAsync' ends here, and the loop goes on; rethrow it when 'ct' was cancelled",
            """
            class Shop
            {
                async Task MailAllAsync(CancellationToken ct)
                {
                    while (true)
                    {
                        try
                        {
                            await MailAsync(ct);
                        }
                        catch [|(Exception failure)|]
                        {
                            Console.WriteLine(failure);
                        }
                    }
                }

                Task MailAsync(CancellationToken ct) => Task.Delay(1, ct);
            }
            """,
            "Rethrow it when 'ct' was cancelled"),
        new(
            "SCOPE611",
            DiagnosticSeverity.Warning,
            "'while (!_isOpen)' keeps the event loop from everybody else, for it waits without an await; "
            + "await 'Coroutine.Yield()' in every round",
            """
            using ScopedTasks;

            class Shop
            {
                bool _isOpen;

                void Open() => _isOpen = true;

                async Coroutine WaitAsync()
                {
                    [|while|] (!_isOpen)
                    {
                    }

                    await Coroutine.Yield();
                }
            }
            """,
            "Await 'Coroutine.Yield()' in every round"),
        new(
            "SCOPE613",
            DiagnosticSeverity.Info,
            "'Task.Delay' goes by real time, and the loop's clock knows nothing of it; "
            + "hand it the loop's 'TimeProvider'",
            """
            using ScopedTasks;

            class Shop
            {
                async Coroutine OpenAsync() => await [|Task.Delay(100)|];
            }
            """,
            "Go by the loop's clock"),
    ];
}
