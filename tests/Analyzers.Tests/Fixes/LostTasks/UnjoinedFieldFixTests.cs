using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>SCOPE106's fix: the kept task is awaited where its object ends.</summary>
public sealed class UnjoinedFieldFixTests : RuleTests<UnjoinedFieldAnalyzer, UnjoinedFieldFix>
{
    [Fact]
    public Task Awaits_it_in_the_disposal() => Fixes(
        Type(
            """
            public async ValueTask DisposeAsync()
            {
                await Task.Yield(); // first
            }
            """),
        Type(
            """
            public async ValueTask DisposeAsync()
            {
                await Task.Yield(); // first
                if (_work != null)
                {
                    await _work;
                }
            }
            """,
            isFixed: true),
        title: "Await '_work' where its object ends");

    [Fact]
    public Task Awaits_it_after_the_cancellation_and_before_the_disposal() => Fixes(
        Type(
            """
            public async Task StopAsync(CancellationToken cancellationToken)
            {
                // stop
                _stop.Cancel();
                _stop.Dispose();
                await Task.Yield();
            }
            """),
        Type(
            """
            public async Task StopAsync(CancellationToken cancellationToken)
            {
                // stop
                _stop.Cancel();
                if (_work != null)
                {
                    try
                    {
                        await _work;
                    }
                    catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                    {
                    }
                }
                _stop.Dispose();
                await Task.Yield();
            }
            """,
            isFixed: true));

    [Fact]
    public Task Awaits_it_before_the_disposal() => Fixes(
        Type("public async ValueTask DisposeAsync()\n{\n    await Task.Yield();\n    _stop.Dispose();\n}"),
        Type(
            """
            public async ValueTask DisposeAsync()
            {
                await Task.Yield();
                if (_work != null)
                {
                    await _work;
                }
                _stop.Dispose();
            }
            """,
            isFixed: true));

    [Fact]
    public Task Makes_the_member_async() => Fixes(
        Type(
            """
            public ValueTask DisposeAsync()
            {
                _stop.Cancel();
                return default;
            }
            """),
        Type(
            """
            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                if (_work != null)
                {
                    try
                    {
                        await _work;
                    }
                    catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                    {
                    }
                }
            }
            """,
            isFixed: true));

    [Fact]
    public Task Awaits_what_the_member_returned() => Fixes(
        Type(
            """
            public Task StopAsync()
            {
                Console.WriteLine("stops");
                return SendAsync();
            }
            """),
        Type(
            """
            public async Task StopAsync()
            {
                Console.WriteLine("stops");
                if (_work != null)
                {
                    await _work;
                }
                await SendAsync();
            }
            """,
            isFixed: true));

    [Theory]
    [InlineData("public ValueTask DisposeAsync() => default;", "")]
    [InlineData("public Task StopAsync() => Task.CompletedTask;", "")]
    [InlineData("public Task StopAsync() => SendAsync();", "\n    await SendAsync();")]
    public Task Gives_the_member_a_body(string before, string rest) => Fixes(
        Type(before),
        Type(
            before.Substring(0, before.IndexOf(" =>")).Replace("public", "public async")
            + "\n{\n    if (_work != null)\n    {\n        await _work;\n    }" + rest + "\n}",
            isFixed: true));

    [Fact]
    public Task Awaits_all_of_a_list_and_keeps_to_ConfigureAwait() => Fixes(
        """
        class Worker
        {
            private readonly List<Task> _work = new();

            public void Start() { [|_work.Add(SendAsync())|]; [|_work.Add(SendAsync())|]; }

            public async ValueTask DisposeAsync()
            {
                await SendAsync().ConfigureAwait(false);
            }

            private Task SendAsync() => Task.CompletedTask;
        }
        """,
        """
        class Worker
        {
            private readonly List<Task> _work = new();

            public void Start() { _work.Add(SendAsync()); _work.Add(SendAsync()); }

            public async ValueTask DisposeAsync()
            {
                await SendAsync().ConfigureAwait(false);
                if (_work != null)
                {
                    await Task.WhenAll(_work).ConfigureAwait(false);
                }
            }

            private Task SendAsync() => Task.CompletedTask;
        }
        """,
        iterations: 1);

    [Fact]
    public Task Joins_two_fields_at_once() => Fixes(
        """
        class Worker
        {
            private Task? _one;
            private Task? _two;

            public Worker() { [|_one = SendAsync()|]; }

            public void Start() { [|_two = SendAsync()|]; }

            public async ValueTask DisposeAsync()
            {
                await SendAsync();
            }

            private Task SendAsync() => Task.CompletedTask;
        }
        """,
        """
        class Worker
        {
            private Task? _one;
            private Task? _two;

            public Worker() { _one = SendAsync(); }

            public void Start() { _two = SendAsync(); }

            public async ValueTask DisposeAsync()
            {
                await SendAsync();
                if (_one != null)
                {
                    await _one;
                }
                if (_two != null)
                {
                    await _two;
                }
            }

            private Task SendAsync() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Owns_the_work_in_a_group_instead_of_the_field() => Fixes(
        """
        using ScopedTasks;

        class Worker
        {
            private readonly CancellationTokenSource _stop = new();
            private Task? _work;

            public void Start() { [|_work = SendAsync(_stop.Token)|]; }

            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                await Task.Yield();
            }

            private Task SendAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Worker
        {
            private readonly TaskGroup _group = TaskGroup.Open(TaskGroupOptions.Supervise);
            private readonly CancellationTokenSource _stop = new();

            public void Start() { _group.Spawn(ct => SendAsync(ct)); }

            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                _group.Cancel();
                await _group.DisposeAsync();
                await Task.Yield();
            }

            private Task SendAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        plan: "OwnInField");

    [Theory]
    [InlineData("public void Dispose() { }")]
    [InlineData("public async ValueTask DisposeAsync() { await LoopAsync(); }", "LoopAsync()")]
    [InlineData("public async ValueTask DisposeAsync() { await Task.Yield(); }", "LoopAsync()")]
    [InlineData("public async Task StopAsync() { await Task.Yield(); }", "EndAsync()")]
    [InlineData("public Task StopAsync() { if (_work == null) throw new Exception(); return SendAsync(); }")]
    [InlineData("public Task StopAsync() { if (_work == null) return Task.CompletedTask; return SendAsync(); }")]
    [InlineData("public async ValueTask DisposeAsync() { lock (_stop) { _stop.Cancel(); } await Task.Yield(); }")]
    public Task Offers_no_fix_where_nobody_can_wait(string member, string start = "SendAsync()") =>
        OffersNoFix(Type(member, start: start));

    [Fact]
    public Task Does_not_await_a_value_task_twice() => OffersNoFix(
        """
        class Worker
        {
            private ValueTask _work;

            public void Start() { [|_work = SendAsync()|]; }

            public async ValueTask DisposeAsync() { await Task.Yield(); }

            private ValueTask SendAsync() => default;
        }
        """,
        plan: "JoinField");

    [Theory]
    [InlineData("/0/Worker.End.cs", true)]
    [InlineData("/0/Worker.g.cs", false)]
    public Task Joins_it_in_another_file_of_the_type_that_nobody_generates(string path, bool isJoined)
    {
        const string Start =
            """
            partial class Worker
            {
                private Task? _work;

                public void Start() { [|_work = SendAsync()|]; }

                private Task SendAsync() => Task.CompletedTask;
            }
            """;
        const string End =
            """
            partial class Worker : IAsyncDisposable
            {
                public async ValueTask DisposeAsync()
                {
                    await Task.Yield();
                }
            }
            """;
        const string Joined =
            """
            partial class Worker : IAsyncDisposable
            {
                public async ValueTask DisposeAsync()
                {
                    await Task.Yield();
                    if (_work != null)
                    {
                        await _work;
                    }
                }
            }
            """;
        var code = Code.Default with { Sources = [(path, End)] };
        return isJoined
            ? Fixes(
                Start,
                Start.Replace("[|", "").Replace("|]", ""),
                code: code with { FixedSources = [(path, Joined)] })
            : OffersNoFix(Start, code: code);
    }

    private static string Type(string member, bool isFixed = false, string start = "SendAsync()") =>
        $$"""
        class Worker
        {
            private readonly CancellationTokenSource _stop = new();
            private Task? _work;

            public void Start() { {{(isFixed ? $"_work = {start}" : $"[|_work = {start}|]")}}; }

            {{member.ReplaceLineEndings("\n    ")}}

            private Task SendAsync() => Task.CompletedTask;
            private async Task LoopAsync() { while (true) await Task.Delay(1); }
            private async Task EndAsync() { await Task.Yield(); await Helper(); }
            private Task Helper() => {{(member.Contains("StopAsync()") ? "StopAsync()" : "Task.CompletedTask")}};
        }
        """;
}
