using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingWaitTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Theory]
    [InlineData("var n = [|LoadAsync().Result|];", "var n = await LoadAsync();")]
    [InlineData("[|SaveAsync().Wait()|];", "await SaveAsync();")]
    [InlineData("[|SaveAsync().Wait(-1)|];", "await SaveAsync();")]
    [InlineData("[|SaveAsync().Wait(Timeout.Infinite)|];", "await SaveAsync();")]
    [InlineData("[|SaveAsync().Wait(Timeout.InfiniteTimeSpan)|];", "await SaveAsync();")]
    [InlineData("[|SaveAsync().Wait(CancellationToken.None)|];", "await SaveAsync();")]
    [InlineData("[|SaveAsync().Wait(default(CancellationToken))|];", "await SaveAsync();")]
    [InlineData("[|SaveAsync().Wait(token)|];", "await SaveAsync().WaitAsync(token);")]
    [InlineData("[|SaveAsync().Wait(-1, token)|];", "await SaveAsync().WaitAsync(token);")]
    [InlineData("[|SaveAsync().GetAwaiter().GetResult()|];", "await SaveAsync();")]
    [InlineData("var n = [|LoadAsync().GetAwaiter().GetResult()|];", "var n = await LoadAsync();")]
    [InlineData(
        "var n = [|LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];",
        "var n = await LoadAsync().ConfigureAwait(false);")]
    [InlineData("var n = [|ReadAsync().Result|];", "var n = await ReadAsync();")]
    [InlineData("[|FlushAsync().AsTask().Wait()|];", "await FlushAsync().AsTask();")]
    [InlineData("[|Task.Delay(10).Wait()|];", "await Task.Delay(10);")]
    [InlineData("[|Task.WaitAll(SaveAsync(), LoadAsync())|];", "await Task.WhenAll(SaveAsync(), LoadAsync());")]
    [InlineData("[|Task.WaitAll(all)|];", "await Task.WhenAll(all);")]
    [InlineData("[|Task.WaitAll(all, token)|];", "await Task.WhenAll(all).WaitAsync(token);")]
    [InlineData("[|Task.WaitAny(field, parameter)|];", "await Task.WhenAny(field, parameter);")]
    [InlineData("[|Task.WaitAny(all)|];", "await Task.WhenAny(all);")]
    [InlineData("lock ([|Text().Result|]) { }", "lock (await Text()) { }")]
    [InlineData("foreach (var c in [|Text().Result|]) { }", "foreach (var c in await Text()) { }")]
    [InlineData("if (!flag && [|LoadAsync().Result|] > 1) { }", "if (!flag && await LoadAsync() > 1) { }")]
    [InlineData(
        "new List<int>()?.AddRange(new[] { [|LoadAsync().Result|] });",
        "new List<int>()?.AddRange(new[] { await LoadAsync() });")]
    [InlineData("\"\"?.IndexOf([|Text().Result|]);", "\"\"?.IndexOf(await Text());")]
    [InlineData("return; int L() => 1; [|SaveAsync().Wait()|];", "return; int L() => 1; await SaveAsync();")]
    public Task Awaits_instead(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("var n = [|Text().Result|].Length;", "var n = (await Text()).Length;")]
    [InlineData("var n = [|Text().Result|][0];", "var n = (await Text())[0];")]
    [InlineData("var n = [|Text().Result|]?.Length;", "var n = (await Text())?.Length;")]
    [InlineData("var n = [|Text().Result|]!;", "var n = (await Text())!;")]
    [InlineData("var n = [|Get().Result|]();", "var n = (await Get())();")]
    [InlineData("var n = [|LoadAsync().Result|] switch { _ => 1 };", "var n = (await LoadAsync()) switch { _ => 1 };")]
    [InlineData("var n = -[|LoadAsync().Result|];", "var n = -await LoadAsync();")]
    [InlineData("var n = (long)[|LoadAsync().Result|];", "var n = (long)await LoadAsync();")]
    [InlineData("var s = $\"{[|LoadAsync().Result|]:N}\";", "var s = $\"{await LoadAsync():N}\";")]
    [InlineData("Use([|LoadAsync().Result|], 1);", "Use(await LoadAsync(), 1);")]
    [InlineData("var n = ([|field.Result|]);", "var n = (await field);")]
    [InlineData("var n = [|(flag ? field : parameter).Result|];", "var n = await (flag ? field : parameter);")]
    [InlineData("var n = [|maybe!.Result|];", "var n = await maybe!;")]
    [InlineData("var n = [|((Task<int>)(object)field).Result|];", "var n = await ((Task<int>)(object)field);")]
    [InlineData("var n = [|new Task<int>(() => 1).Result|];", "var n = await new Task<int>(() => 1);")]
    [InlineData("_ = [|LoadAsync().Result|];", "_ = await LoadAsync();")]
    [InlineData("var n = new { A = [|LoadAsync().Result|] };", "var n = new { A = await LoadAsync() };")]
    public Task Writes_the_parentheses_that_are_needed(string before, string after) =>
        Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "[|SaveAsync().Wait(1000)|];",
        "await CancelScope.MoveOnAfterAsync(TimeSpan.FromMilliseconds(1000), ct => SaveAsync().WaitAsync(ct));")]
    [InlineData(
        "if (![|SaveAsync().Wait(TimeSpan.FromSeconds(1))|]) { return; }",
        "if (!await CancelScope.MoveOnAfterAsync(TimeSpan.FromSeconds(1), ct => SaveAsync().WaitAsync(ct))) "
        + "{ return; }")]
    [InlineData(
        "var done = [|field.Wait(1000, token)|];",
        "var done = await CancelScope.MoveOnAfterAsync("
        + "TimeSpan.FromMilliseconds(1000), ct => field.WaitAsync(ct), token);")]
    [InlineData(
        "var done = [|Task.WaitAll(all, 100)|];",
        "var done = await CancelScope.MoveOnAfterAsync("
        + "TimeSpan.FromMilliseconds(100), ct => Task.WhenAll(all).WaitAsync(ct));")]
    public Task Keeps_the_timeout(string before, string after) =>
        Fixes("using ScopedTasks;\n" + Async(before), "using ScopedTasks;\n" + Async(after));

    [Fact]
    public Task Imports_what_the_timeout_needs() => Fixes(
        """
        class C
        {
            async Task M(Task task)
            {
                [|task.Wait(1000)|];
            }
        }
        """,
        """
        using ScopedTasks;

        class C
        {
            async Task M(Task task)
            {
                await CancelScope.MoveOnAfterAsync(TimeSpan.FromMilliseconds(1000), ct => task.WaitAsync(ct));
            }
        }
        """);

    [Fact]
    public Task Awaits_before_a_compound_assignment_reads_its_target() => Fixes(
        Async(
            """
            // Add it up.
            sum += Use(1, 2) + [|LoadAsync().Result|]; // done
            if (flag)
                sum -= [|LoadAsync().Result|];
            """),
        Async(
            """
            // Add it up.
            var result = Use(1, 2) + await LoadAsync();
            sum += result; // done
            if (flag)
            {
                var result1 = await LoadAsync();
                sum -= result1;
            }
            """));

    [Fact]
    public Task Awaits_nested_waits() => Fixes(
        Async("var n = [|[|Nested().Result|].Result|] + [|LoadAsync().Result|];"),
        Async("var n = await await Nested() + await LoadAsync();"));

    [Fact]
    public Task Keeps_comments() => Fixes(
        Async(
            """
            // before
            var n = /* first */ [|LoadAsync().Result|] /* then */ + 1; // after
            """),
        Async(
            """
            // before
            var n = /* first */ await LoadAsync() /* then */ + 1; // after
            """));

    [Fact]
    public Task Keeps_the_style_of_the_awaits_around() => Fixes(
        """
        class C
        {
            async Task<int> M(Task<int> task, Task other)
            {
                await other.ConfigureAwait(false);
                return [|task.Result|];
            }
        }
        """,
        """
        class C
        {
            async Task<int> M(Task<int> task, Task other)
            {
                await other.ConfigureAwait(false);
                return await task.ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task Awaits_behind_a_null_check() => Fixes(
        Async("maybe?[|.Wait()|];"),
        Async(
            """
            if (maybe != null)
            {
                await maybe;
            }
            """));

    [Fact]
    public Task Awaits_in_top_level_code() => Fixes(
        "var text = [|File.ReadAllTextAsync(\"a\").Result|];",
        "var text = await File.ReadAllTextAsync(\"a\");",
        code: Code.Program);

    [Fact]
    public Task Awaits_in_an_expression_body() => Fixes(
        """
        class C
        {
            async Task<int> M(Task<int> task) => [|task.Result|];
        }
        """,
        """
        class C
        {
            async Task<int> M(Task<int> task) => await task;
        }
        """);

    [Fact]
    public Task Awaits_in_an_old_project() => Fixes(
        """
        using System.Threading.Tasks;

        class C
        {
            async Task<int> M(Task<int> task)
            {
                return [|task.Result|];
            }
        }
        """,
        """
        using System.Threading.Tasks;

        class C
        {
            async Task<int> M(Task<int> task)
            {
                return await task;
            }
        }
        """,
        code: Code.Framework);

    [Theory]
    [InlineData("lock (this) { [|SaveAsync().Wait()|]; }")]
    [InlineData("try { } catch (Exception) when ([|LoadAsync().Result|] > 1) { }")]
    [InlineData("var q = from x in new[] { 1 } select x + [|LoadAsync().Result|];")]
    [InlineData("Task L() { [|SaveAsync().Wait()|]; return Task.CompletedTask; }")]
    [InlineData("Monitor.Enter(this); try { [|SaveAsync().Wait()|]; } finally { Monitor.Exit(this); }")]
    [InlineData("using (new System.Transactions.TransactionScope()) { [|SaveAsync().Wait()|]; }")]
    [InlineData("unsafe { [|SaveAsync().Wait()|]; }")]
    public Task Offers_nothing_where_await_cannot_stand(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("try { [|SaveAsync().Wait()|]; } catch (AggregateException) { }")]
    [InlineData("try { [|SaveAsync().Wait()|]; } catch (Exception e) when (e is AggregateException) { }")]
    [InlineData("try { [|SaveAsync().Wait()|]; } catch (Exception e) { Console.WriteLine(e.InnerException); }")]
    [InlineData("try { { if (flag) [|SaveAsync().Wait()|]; } } catch (System.AggregateException) { }")]
    [InlineData("try { try { [|SaveAsync().Wait()|]; } finally { } } catch (Exception e) { e.GetBaseException(); }")]
    public Task Offers_nothing_where_a_catch_counts_on_the_wrapping(string statements) =>
        OffersNoFix(Async(statements));

    [Theory]
    [InlineData("[|new Task(() => { }).RunSynchronously()|];")]
    [InlineData("var i = [|Task.WaitAny(field, parameter)|];")]
    [InlineData("[|Task.WaitAny(SaveAsync(), LoadAsync())|];")]
    [InlineData("var own = LoadAsync(); [|Task.WaitAny(own, field)|];")]
    [InlineData("var i = [|Task.WaitAny(all, 100)|];")]
    [InlineData("var done = [|SaveAsync().Wait(-1)|];")]
    [InlineData("var n = maybe?[|.Result|];")]
    [InlineData("var n = maybe?[|.ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("var n = [|value.Result|]; Console.WriteLine(value.Result);")]
    [InlineData("Array()[Use(1, 2)] += [|LoadAsync().Result|];")]
    [InlineData("Use(sum += [|LoadAsync().Result|], 1);")]
    [InlineData("var n = [|LoadAsync() /* why */ .Result|];")]
    [InlineData("[|SaveAsync().Wait(/* a second */ 1000)|];")]
    public Task Offers_nothing_where_it_would_change_what_happens(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("[|task.Wait(1000)|];")]
    [InlineData("var done = [|Task.WaitAll(new[] { task }, 1000)|];")]
    public Task Offers_no_timeout_without_the_runtime(string statement) => OffersNoFix(
        $$"""
        class C
        {
            async Task M(Task task)
            {
                {{statement}}
            }
        }
        """,
        code: Code.WithoutRuntime);

    [Fact]
    public Task Offers_no_token_where_no_task_takes_one() => OffersNoFix(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(Task task, CancellationToken token)
            {
                [|task.Wait(token)|];
            }
        }
        """,
        code: Code.NetStandard);
}
