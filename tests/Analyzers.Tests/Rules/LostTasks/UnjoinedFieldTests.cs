using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE106: a task that a type keeps and none of its members waits for.</summary>
public sealed class UnjoinedFieldTests : RuleTests<UnjoinedFieldAnalyzer>
{
    [Fact]
    public Task Says_where_to_wait() => Reports(
        Type(
            "private Task? _loop; void Start() { [|_loop = LoopAsync()|]; } "
            + "public Task StopAsync() => Task.CompletedTask;"),
        "'LoopAsync' is started and kept in '_loop', and no member of 'C' ever waits for it; await it in 'StopAsync'");

    [Fact]
    public Task Says_to_give_the_type_an_end() => Reports(
        Type("private readonly Task _loop; C() { [|_loop = Task.Run(LoopAsync)|]; }"),
        "'Task.Run' is started and kept in '_loop', and no member of 'C' ever waits for it; give the type a task "
        + "group, and dispose that in its 'DisposeAsync'");

    [Fact]
    public Task Says_to_wait_at_the_end_where_there_is_no_runtime() => Reports(
        Type("private readonly Task _loop; C() { [|_loop = Task.Run(LoopAsync)|]; }"),
        "'Task.Run' is started and kept in '_loop', and no member of 'C' ever waits for it; give the type a "
        + "'DisposeAsync', and await it there",
        Code.WithoutRuntime);

    [Theory]
    [InlineData("private Task? _loop; void Start() { [|_loop = LoopAsync()|]; }")]
    [InlineData("private Task? _loop; void Start() => [|_loop = LoopAsync()|];")]
    [InlineData("private Task? _loop; void Start() { [|this._loop = Task.Run(LoopAsync)|]; }")]
    [InlineData(
        "private Task? _loop; void Start() { [|_loop = Task.Factory.StartNew(() => { }, "
        + "TaskCreationOptions.LongRunning)|]; }")]
    [InlineData("private Task? _loop; void Start(bool b) { [|_loop = b ? LoopAsync() : null|]; }")]
    [InlineData("private Task? _loop; int P { get { [|_loop = LoopAsync()|]; return 1; } }")]
    [InlineData("private Task? _loop; void Start() { if (_loop != null) return; [|_loop = LoopAsync()|]; }")]
    [InlineData(
        "private Task? _loop; void Start() { if (_loop is { IsCompleted: false }) return; "
        + "[|_loop = LoopAsync()|]; }")]
    [InlineData(
        "private Task? _loop; void Start() { if (_loop?.IsCompleted == false) return; "
        + "[|_loop = LoopAsync()|]; }")]
    [InlineData(
        "private Task? _loop; void Start() { [|_loop = LoopAsync()|]; } void Dispose() { "
        + "_loop?.Dispose(); _loop = null; }")]
    [InlineData("private Task? _loop; void Start() { Action a = () => { [|_loop = LoopAsync()|]; }; a(); }")]
    [InlineData("private ValueTask<int> _read; void Start() { [|_read = ReadAsync()|]; }")]
    [InlineData("private static readonly Task [|Loop = Task.Run(() => { })|];")]
    [InlineData("private readonly List<Task> _work = new(); void Start() { [|_work.Add(LoopAsync())|]; }")]
    [InlineData(
        "private readonly List<Task> _work = new(); void Start() { for (var i = 0; i < 3; "
        + "i++) [|_work.Add(LoopAsync())|]; _work.RemoveAll(t => t.IsCompleted); }")]
    [InlineData("private readonly ConcurrentBag<Task> _work = new(); void Start() { [|_work.Add(LoopAsync())|]; }")]
    [InlineData(
        "private readonly Queue<Task<int>> _work = new(); void Start() { "
        + "[|_work.Enqueue(ReadAsync().AsTask())|]; }")]
    [InlineData("private readonly Task[] _work = new Task[2]; void Start() { [|_work[0] = LoopAsync()|]; }")]
    [InlineData("private Task[] _work; void Start() { [|_work = new[] { LoopAsync(), LoopAsync() }|]; }")]
    [InlineData("private List<Task> _work; void Start() { [|_work = new List<Task> { LoopAsync() }|]; }")]
    [InlineData(
        "private Task[] _work; void Start() { [|_work = Enumerable.Range(0, "
        + "3).Select(i => LoopAsync()).ToArray()|]; }")]
    public Task Reports_a_start_that_a_field_keeps(string members) => Reports(Type(members));

    [Fact]
    public Task Reports_every_start_of_a_field() => Reports(Type(
        "private Task? _loop; C() { [|_loop = LoopAsync()|]; } void Restart() { [|_loop = Task.Run(LoopAsync)|]; }"));

    [Fact]
    public Task Reports_in_any_part_of_a_type() => Reports(
        Type("private Task? _loop; void Start() { [|_loop = LoopAsync()|]; }"),
        Code.Default with { Sources = [("/0/Other.cs", "partial class C { public void Other() { } }")] });

    [Theory]
    [InlineData("public async Task StopAsync() { if (_loop != null) await _loop; }")]
    [InlineData("public async Task StopAsync() => await Task.WhenAll(_loop!);")]
    [InlineData("public void Dispose() => _loop?.Wait();")]
    [InlineData("public void Dispose() => _loop!.GetAwaiter().GetResult();")]
    [InlineData("public Task Loop => _loop!;")]
    [InlineData("public Task LoopOf() { return _loop!; }")]
    [InlineData("void Watch() { _loop!.ContinueWith(t => Console.WriteLine(t.Exception)); }")]
    [InlineData("void Watch() { Keep(_loop!); }")]
    [InlineData("void Watch() { var loop = _loop; loop!.Wait(); }")]
    [InlineData("void Watch() { while (!_loop!.IsCompleted) Thread.Sleep(1); }")]
    [InlineData("void Watch() { Console.WriteLine(_loop!.Exception); }")]
    [InlineData("void Watch() { Interlocked.Exchange(ref _loop, null)?.Wait(); }")]
    [InlineData("void Watch() { if (_loop is { } loop) Keep(loop); }")]
    [InlineData("class Inner { void Wait(C c) => c._loop!.Wait(); }")]
    [InlineData("void Watch() { lock (_loop!) { } }")]
    public Task Ignores_a_field_that_somebody_joins_or_sees(string member) =>
        Ignores(Type("private Task? _loop; void Start() { _loop = LoopAsync(); } " + member));

    [Fact]
    public Task Ignores_a_field_that_another_part_joins() => Ignores(
        Type("private Task? _loop; void Start() { _loop = LoopAsync(); }"),
        Code.Default with { Sources = [("/0/Other.cs", "partial class C { public void End() => _loop?.Wait(); }")] });

    [Fact]
    public Task Ignores_a_field_that_generated_code_may_join() => Ignores(
        Type("private Task? _loop; void Start() { _loop = LoopAsync(); }"),
        Code.Default with
        {
            Sources = [("/0/Other.g.cs", "partial class C { public void End() => _loop?.Wait(); }")],
        });

    [Theory]
    [InlineData("protected Task? _loop; void Start() { _loop = LoopAsync(); }")]
    [InlineData("internal Task? _loop; void Start() { _loop = LoopAsync(); }")]
    [InlineData("public readonly Task _loop = Task.Run(() => { });")]
    [InlineData("private Task? _load; Task LoadAsync() => _load ??= LoopAsync();")]
    [InlineData("private Task? _load; void Load() { _load ??= LoopAsync(); }")]
    [InlineData("private Task? _load; Task LoadAsync() => _load = LoopAsync();")]
    [InlineData("private readonly Lazy<Task> _load = new(() => Task.Run(() => { }));")]
    [InlineData("private readonly Dictionary<int, Task> _cache = new(); void Load() { _cache[1] = LoopAsync(); }")]
    [InlineData("private readonly Task _done = Task.CompletedTask;")]
    [InlineData("private readonly Task<int> _one = Task.FromResult(1);")]
    [InlineData("private Task? _given; C(Task given) { _given = given; }")]
    [InlineData("private Task? _given; C() { _given = new TaskCompletionSource().Task; }")]
    [InlineData("private Task? _pause; void Wait() { _pause = Task.Delay(1); }")]
    [InlineData("private Task? _loop; void Start() { _loop = DetachedAsync(); }")]
    [InlineData(
        "private Task? _loop; void Start() { "
        + "_loop = LoopAsync().ContinueWith(t => Console.WriteLine(t.Exception)); }")]
    [InlineData("private Task? _last; void Send() { _last = Next(_last); }")]
    [InlineData(
        "private readonly List<Task> _work = new(); async Task RunAsync() { _work.Add(LoopAsync()); "
        + "await Task.WhenAll(_work); }")]
    [InlineData(
        "private readonly List<Task> _work = new(); void Run() { _work.Add(LoopAsync()); "
        + "foreach (var t in _work) t.Wait(); }")]
    [InlineData("private readonly List<Task> _work = new(); void Run(Task given) { _work.Add(given); }")]
    public Task Ignores_what_is_no_start_of_its_own(string members) => Ignores(Type(members));

    [Fact]
    public Task Goes_through_a_type_of_many_members() => Reports(Type(
        "private Task? _loop; " + string.Concat(
            Enumerable.Range(0, 500).Select(i => $"void M{i}() {{ if (_loop == null) [|_loop = LoopAsync()|]; }}\n"))));

    [Fact]
    public Task Is_silent_past_its_budget() => Ignores(Type(
        "private Task? _loop; void M() { _loop = LoopAsync();\n"
        + string.Concat(Enumerable.Repeat("if (_loop == null) { }\n", 10_001)) + "}"));

    private static string Type(string members) =>
        $$"""
        using System.Collections.Concurrent;

        #pragma warning disable CS8618
        partial class C
        {
            {{members}}

            Task LoopAsync() => Task.Delay(1);
            ValueTask<int> ReadAsync() => new(1);
            static void Keep(Task task) { }
            static Task Next(Task? last) => Task.CompletedTask;
            [Detached] Task DetachedAsync() => Task.Delay(1);
        }

        [AttributeUsage(AttributeTargets.Method)]
        class DetachedAttribute : Attribute { }
        """;
}
