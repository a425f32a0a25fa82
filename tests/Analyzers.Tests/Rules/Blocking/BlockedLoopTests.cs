using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE207: what blocks in a coroutine, and <c>Blocking.RunAsync</c> for it.</summary>
public sealed class BlockedLoopTests : RuleTests<BlockedLoopAnalyzer, BlockedLoopFix>
{
    [Fact]
    public Task Says_that_a_primitive_stops_the_loop() => Reports(
        Coroutine("[|Thread.Sleep(1)|];"),
        "'Thread.Sleep' stops the whole event loop until the time is over; run it with 'Blocking.RunAsync'");

    [Fact]
    public Task Says_to_await_a_task() => Reports(
        Coroutine("[|task.Wait()|];"),
        "'task.Wait()' stops the whole event loop until the task has ended; await it");

    [Fact]
    public Task Names_the_twin_of_a_call() => Reports(
        Coroutine("var text = [|File.ReadAllText(\"a\")|];"),
        "'File.ReadAllText' stops the whole event loop until it returns; await 'ReadAllTextAsync'");

    [Fact]
    public Task Says_to_await_a_disposal() => Reports(
        Coroutine("using var file = [|File.Create(\"a\")|];"),
        "'using FileStream' stops the whole event loop until that is disposed; use 'await using'");

    [Theory]
    [InlineData("Use([|number.Result|]);")]
    [InlineData("[|number.GetAwaiter().GetResult()|].ToString();")]
    [InlineData("[|Task.WaitAll(task, number)|];")]
    [InlineData("[|new ManualResetEventSlim().Wait()|];")]
    [InlineData("[|new SemaphoreSlim(1).Wait()|];")]
    [InlineData("[|Console.ReadLine()|];")]
    [InlineData("if (flag) { [|Thread.Sleep(1)|]; }")]
    [InlineData("Func<Coroutine> f = async () => { [|Thread.Sleep(1)|]; await Coroutine.Yield(); }; await f();")]
    [InlineData(
        "await Local(); async Coroutine<int> Local() { await Coroutine.Yield(); [|Thread.Sleep(1)|]; return 1; }")]
    public Task Reports_every_way_to_block(string statements) => Reports(Coroutine(statements));

    [Fact]
    public Task Reports_a_coroutine_that_is_handed_on() => Reports(
        Member("Coroutine M() { [|Thread.Sleep(1)|]; return N(); } async Coroutine N() { await Coroutine.Yield(); }"),
        Loop);

    [Theory]
    [InlineData("await Coroutine.Sleep(TimeSpan.FromSeconds(1));")]
    [InlineData("await task; task.Wait();")]
    [InlineData("await Blocking.RunAsync(ct => Thread.Sleep(1));")]
    [InlineData("Action a = () => Thread.Sleep(1); a();")]
    [InlineData("await Task.Run(() => Thread.Sleep(1));")]
    [InlineData("new SemaphoreSlim(1).Wait(0);")]
    [InlineData("Func<Task> f = async () => { Thread.Sleep(1); await Task.Yield(); }; await f();")]
    public Task Ignores_what_blocks_nobody_or_not_the_loop(string statements) =>
        Ignores(Coroutine(statements), Loop);

    [Theory]
    [InlineData("await EventLoop.WaitReadableAsync(socket); Use(socket.Receive(new byte[1]));")]
    [InlineData("socket.Blocking = false; Use(socket.Receive(new byte[1]));")]
    public Task Ignores_sockets_that_are_asked_once_they_are_ready(string statements) =>
        Ignores(Coroutine("using var socket = new System.Net.Sockets.Socket(default, default); " + statements), Loop);

    [Fact]
    public Task Reports_a_socket_that_nobody_knows_to_be_ready() => Reports(Coroutine(
        "using var socket = new System.Net.Sockets.Socket(default, default); "
        + "socket.Blocking = true; Use([|socket.Receive(new byte[1])|]);"));

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); Thread.Sleep(1); }")]
    [InlineData("void M() { Thread.Sleep(1); }")]
    public Task Leaves_other_code_to_other_rules(string member) => Ignores(Member(member), Loop);

    [Theory]
    [InlineData("[|Thread.Sleep(1)|]; // later", "await Blocking.RunAsync(ct => Thread.Sleep(1)); // later")]
    [InlineData("Use([|Console.ReadLine()|]);", "Use(await Blocking.RunAsync(ct => Console.ReadLine()));")]
    [InlineData(
        "var ct = 1; [|Thread.Sleep(ct)|];", "var ct = 1; await Blocking.RunAsync(ct1 => Thread.Sleep(ct));")]
    [InlineData(
        "Use([|Console.ReadKey()|].Key);", "Use((await Blocking.RunAsync(ct => Console.ReadKey())).Key);")]
    public Task Runs_it_off_the_loop(string before, string after) =>
        Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Theory]
    [InlineData("[|task.Wait()|];", "await task;")]
    [InlineData("Use([|number.Result|]);", "Use(await number);")]
    public Task Awaits_a_task(string before, string after) => Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Theory]
    [InlineData("var text = [|File.ReadAllText(\"a\")|];", "var text = await File.ReadAllTextAsync(\"a\");")]
    [InlineData("Use([|File.ReadAllText(\"a\")|].Length);", "Use((await File.ReadAllTextAsync(\"a\")).Length);")]
    public Task Awaits_the_twin_that_its_message_names(string before, string after) =>
        Fixes(Coroutine(before), Coroutine(after), code: Loop);

    [Fact]
    public Task Offers_a_thread_for_a_call_with_a_twin_too() => Fixes(
        Coroutine("Use([|File.ReadAllText(\"a\")|]);"),
        Coroutine("Use(await Blocking.RunAsync(ct => File.ReadAllText(\"a\")));"),
        plan: "RunOffLoop",
        code: Loop);

    [Fact]
    public Task Sends_off_the_loop_what_has_a_twin_that_nobody_knows() => Fixes(
        Coroutine("[|Store(1)|];", Store), Coroutine("await Blocking.RunAsync(ct => Store(1));", Store), code: Loop);

    [Fact]
    public Task Offers_the_twin_that_nobody_knows() => Fixes(
        Coroutine("[|Store(1)|];", Store),
        Coroutine("await StoreAsync(1);", Store),
        plan: "OtherTwin",
        code: Loop);

    [Fact]
    public Task Offers_a_thread_for_a_task_too() => Fixes(
        Coroutine("Use([|number.Result|]);"),
        Coroutine("Use(await Blocking.RunAsync(ct => number.Result));"),
        plan: "RunOffLoop",
        code: Loop);

    [Theory]
    [InlineData("using var file = [|File.Create(\"a\")|];")]
    [InlineData("lock (this) { [|Thread.Sleep(1)|]; }")]
    [InlineData("Use(from i in new[] { 1 } select [|File.ReadAllText(\"a\")|]);", false)]
    [InlineData("[|Thread.Sleep(await number)|];")]
    public Task Writes_nothing_where_it_cannot_stand(string statements, bool isReported = true) => isReported
        ? OffersNoFix(Coroutine(statements), code: Loop)
        : Ignores(Coroutine(statements.Replace("[|", "").Replace("|]", "")), Loop);

    private static Task Reports(string source) => Reports(source, Loop);

    private static Task Reports(string source, string message) => Reports(source, message, Loop);

    private static Code Loop => Code.Default with { Sources = [("/0/Usings.cs", "global using ScopedTasks;")] };

    private const string Store =
        "static void Store(int id) => Thread.Sleep(id); static Task StoreAsync(int id) => Task.Delay(id);";

    private static string Coroutine(string statements, string others = "") => Member(
        $$"""
        {{others}}
        async Coroutine M(bool flag, Task task, Task<int> number)
            {
                await Coroutine.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        using System.IO;

        class C
        {
            static void Use(object? value) { }
            {{member}}
        }
        """;
}
