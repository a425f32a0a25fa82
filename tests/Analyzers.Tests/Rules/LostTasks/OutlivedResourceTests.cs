using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE113: work that still runs when a resource that it uses has ended.</summary>
public sealed class OutlivedResourceTests : RuleTests<OutlivedResourceAnalyzer>
{
    [Fact]
    public Task Says_that_the_return_disposes() => Reports(
        Class("Task M() { using var file = new Connection(); return [|file.SendAsync(1)|]; }"),
        "'SendAsync' outlives 'file', which is disposed as soon as its task is returned; "
            + "make the function 'async' and await it");

    [Fact]
    public Task Says_that_nobody_waits() => Reports(
        Class("async Task M() { using var file = new Connection(); _ = [|file.SendAsync(1)|]; await SaveAsync(); }"),
        "'SendAsync' outlives 'file', which is disposed while nobody waits for it; "
            + "run it in a task group within its scope");

    [Fact]
    public Task Says_that_the_request_ends() => Reports(
        """
        using Microsoft.EntityFrameworkCore;

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext { public Task SaveChangesAsync() => Task.CompletedTask; }
        }

        class Controller
        {
            private readonly DbContext _db = new();

            async Task M() { _ = [|_db.SaveChangesAsync()|]; await Task.Yield(); }
        }
        """,
        "'SaveChangesAsync' outlives '_db', which ends with the request while nobody waits for it; "
            + "run it in a task group");

    [Fact]
    public Task Knows_what_else_ends_with_the_request() => Reports(
        """
        class UnitOfWork { public Task CommitAsync() => Task.CompletedTask; }

        class Controller
        {
            private readonly UnitOfWork _work = new();

            async Task M() { _ = [|_work.CommitAsync()|]; await Task.Yield(); }
        }
        """,
        Code.Default with { EditorConfig = "scoped_tasks.lifetimes = Unit*" });

    [Fact]
    public Task Says_that_the_lock_ends() => Reports(
        Class("Task M() { lock (_connection) { return [|_connection.SendAsync(1)|]; } }"),
        "'SendAsync' outlives '_connection', which is unlocked as soon as its task is returned; "
            + "take a lock that can be awaited");

    [Theory]
    [InlineData("using var file = new Connection(); return [|file.SendAsync(1)|];")]
    [InlineData("using (var file = new Connection()) { return [|file.SendAsync(1)|]; }")]
    [InlineData("using (var file = new Connection()) return [|file.SendAsync(1)|];")]
    [InlineData("using (_connection) { return [|_connection.SendAsync(1)|]; }")]
    [InlineData("using var file = new Connection(); return [|UseAsync(file)|];")]
    [InlineData("using var file = new Connection(); return [|Task.Run(() => file.Send(1))|];")]
    [InlineData("using var file = new Connection(); return [|Task.Run(file.Flush)|];")]
    [InlineData("using var file = new Connection(); return [|file.SendAsync(1)|].ContinueWith(t => { });")]
    [InlineData("using var file = new Connection(); return [|SaveAsync()|].ContinueWith(t => file.Send(1));")]
    [InlineData("using var file = new Connection(); return Task.WhenAll([|file.SendAsync(1)|], "
        + "[|file.SendAsync(2)|]);")]
    [InlineData("using var file = new Connection(); return [|Task.WhenAll("
        + "new[] { 1 }.Select(i => file.SendAsync(i)))|];")]
    [InlineData("using var file = new Connection(); var sent = [|file.SendAsync(1)|]; return sent;")]
    [InlineData("using var file = new Connection(); var tool = new Tool(file); return [|tool.RunAsync()|];")]
    [InlineData("using var file = new Connection(); return [|new Tool(file).RunAsync()|];")]
    [InlineData("using var file = new Connection(); var command = file.CreateCommand(); "
        + "return [|command.RunAsync()|];")]
    [InlineData("using var file = new Connection(); return [|file.Tool.RunAsync()|];")]
    [InlineData("using var file = new Connection(); return flag ? [|file.SendAsync(1)|] : Task.CompletedTask;")]
    [InlineData("using var file = new Connection(); return [|Local()|]; async Task Local() { await Task.Yield(); "
        + "file.Send(1); }")]
    [InlineData("using var file = new Connection(); Func<Task> send = () => file.SendAsync(1); return [|send()|];")]
    [InlineData("var file = new Connection(); try { return [|file.SendAsync(1)|]; } finally { file.Dispose(); }")]
    [InlineData("Connection? file = null; try { file = new Connection(); return [|file.SendAsync(1)|]; } "
        + "finally { file?.Dispose(); }")]
    [InlineData("Connection? file = null; try { file = new Connection(); return [|file.SendAsync(1)|]; } "
        + "finally { if (file != null) { file.Dispose(); } }")]
    [InlineData("var bytes = ArrayPool<byte>.Shared.Rent(8); try { return [|WriteAsync(bytes.AsMemory(0, 8))|]; } "
        + "finally { ArrayPool<byte>.Shared.Return(bytes); }")]
    [InlineData("using var lease = MemoryPool<byte>.Shared.Rent(8); return [|WriteAsync(lease.Memory)|];")]
    [InlineData("_permits.Wait(); try { return [|SaveAsync()|]; } finally { _permits.Release(); }")]
    [InlineData("using var source = new CancellationTokenSource(1000); return [|WaitAsync(source.Token)|];")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(ct); "
        + "return [|WaitAsync(source.Token)|];")]
    [InlineData("using var source = new CancellationTokenSource(); source.CancelAfter(10); "
        + "return [|WaitAsync(source.Token)|];")]
    [InlineData("using var source = new CancellationTokenSource(1000); var token = source.Token; "
        + "return [|WaitAsync(token)|];")]
    [InlineData("using var activity = _activities.StartActivity(\"save\"); return [|SaveAsync()|];")]
    [InlineData("using (_activities.StartActivity(\"save\")) { return [|SaveAsync()|]; }")]
    [InlineData("using var scope = new TransactionScope(); return [|SaveAsync()|];")]
    [InlineData("using var text = new MemoryStream(); return [|UploadAsync(text)|];")]
    public Task Reports_a_task_that_is_returned_from_the_scope(string statements) =>
        Reports(Class($"Task M(bool flag, CancellationToken ct) {{ {statements} }}"));

    [Theory]
    [InlineData("Task<int> M() { using var file = new Connection(); return [|file.ReadAsync()|]; }")]
    [InlineData("ValueTask<int> M() { using var file = new Connection(); "
        + "return new ValueTask<int>([|file.ReadAsync()|]); }")]
    [InlineData("Func<Task> M() => () => { using var file = new Connection(); return [|file.SendAsync(1)|]; };")]
    [InlineData("async Task M() { await Local(); Task Local() { using var file = new Connection(); "
        + "return [|file.SendAsync(1)|]; } }")]
    [InlineData("Task P { get { using var file = new Connection(); return [|file.SendAsync(1)|]; } }")]
    public Task Reports_it_in_every_function(string member) => Reports(Class(member));

    [Theory]
    [InlineData("using var file = new Connection(); [|file.SendAsync(1)|]; await SaveAsync();")]
    [InlineData("using var file = new Connection(); _ = [|file.SendAsync(1)|]; await SaveAsync();")]
    [InlineData("using var file = new Connection(); var sent = [|file.SendAsync(1)|]; await SaveAsync();")]
    [InlineData("using var file = new Connection(); _ = [|Task.Run(() => file.SendAsync(1))|]; await SaveAsync();")]
    [InlineData("using var file = new Connection(); var sent = [|file.SendAsync(1)|]; if (flag) return; await sent;")]
    [InlineData("using var file = new Connection(); ThreadPool.QueueUserWorkItem(_ => file.Send(1)); "
        + "await SaveAsync();",
        "ThreadPool.QueueUserWorkItem(_ => file.Send(1))")]
    [InlineData("using var file = new Connection(); BackgroundTasks.Spawn(ct => file.SendAsync(1)); await SaveAsync();",
        "BackgroundTasks.Spawn(ct => file.SendAsync(1))")]
    [InlineData("await using var file = new AsyncConnection(); _ = [|file.SendAsync(1)|]; await SaveAsync();")]
    [InlineData("using var source = new CancellationTokenSource(1000); _ = [|WaitAsync(source.Token)|]; "
        + "await SaveAsync();")]
    [InlineData("Task sent; using (var file = new Connection()) { sent = [|file.SendAsync(1)|]; } await sent;")]
    [InlineData("var all = new List<Task>(); using (var file = new Connection()) { all.Add([|file.SendAsync(1)|]); } "
        + "await Task.WhenAll(all);")]
    [InlineData("var file = new Connection(); Task sent; try { sent = [|file.SendAsync(1)|]; } "
        + "finally { file.Dispose(); } await sent;")]
    [InlineData("Connection? file = null; Task sent; try { file = new Connection(); sent = [|file.SendAsync(1)|]; } "
        + "finally { file?.Dispose(); } await sent;")]
    [InlineData("Connection? file = null; Task sent; try { file = new Connection(); sent = [|file.SendAsync(1)|]; } "
        + "finally { if (file is not null) file.Dispose(); } await sent;")]
    [InlineData("var file = new AsyncConnection(); Task sent; try { sent = [|file.SendAsync(1)|]; } "
        + "finally { await file.DisposeAsync(); } await sent;")]
    [InlineData("var file = new AsyncConnection(); Task sent; try { sent = [|file.SendAsync(1)|]; } "
        + "finally { await file.DisposeAsync().ConfigureAwait(false); } await sent;")]
    [InlineData("Task? sent = null; if (flag) { using var file = new Connection(); sent = [|file.SendAsync(1)|]; } "
        + "if (sent != null) await sent;")]
    [InlineData("Task sent; { using var file = new Connection(); sent = [|file.SendAsync(1)|]; } await sent;")]
    [InlineData("Task sent; { await using var file = new AsyncConnection(); sent = [|file.SendAsync(1)|]; } "
        + "await sent;")]
    [InlineData("var all = new List<Task>(); foreach (var i in new[] { 1, 2 }) { using var file = new Connection(); "
        + "all.Add([|file.SendAsync(i)|]); } await Task.WhenAll(all);")]
    [InlineData("var all = new List<Task>(); var file = new Connection(); try { all.Add([|file.SendAsync(1)|]); } "
        + "finally { file.Dispose(); } await Task.WhenAll(all);")]
    [InlineData("{ using var file = new Connection(); _load = [|file.SendAsync(1)|]; } await _load;")]
    [InlineData("var file = new Connection(); try { _load = [|file.SendAsync(1)|]; } finally { file.Dispose(); } "
        + "await _load;")]
    [InlineData("using (var file = new Connection()) { if (flag) { _load = [|file.SendAsync(1)|]; } } await _load!;")]
    [InlineData("using (var file = new Connection()) using (_connection) _load = [|file.SendAsync(1)|]; await _load;")]
    [InlineData("using (var file = new Connection()) { _all.Add([|file.SendAsync(1)|]); } await Task.WhenAll(_all);")]
    [InlineData("var bytes = ArrayPool<byte>.Shared.Rent(8); Task sent; try { sent = [|WriteAsync(bytes)|]; "
        + "await SaveAsync(); } finally { ArrayPool<byte>.Shared.Return(bytes); } await sent;")]
    public Task Reports_work_that_nobody_waits_for_in_the_scope(string statements, string? start = null) =>
        Reports(Class(
            $"#pragma warning disable CS4014\nasync Task M(bool flag) {{ "
                + (start is null ? statements : statements.Replace(start, $"[|{start}|]"))
                + " }"));

    [Theory]
    [InlineData("using var file = new Connection(); return Task.FromResult(file.Read());")]
    [InlineData("using var file = new Connection(); return SaveAsync();")]
    [InlineData("using var file = new Connection(); return SaveTextAsync(file.Read().ToString());")]
    [InlineData("using var file = new Connection(); return SaveTextAsync(file.Text);")]
    [InlineData("using var file = new Connection(); var text = file.Text; return SaveTextAsync(text);")]
    [InlineData("using var file = new Connection(); return UploadAsync(file.Parse());")]
    [InlineData("using var file = new Connection(); file.Send(1); return Task.CompletedTask;")]
    [InlineData("using var file = new Connection(); return CompleteAsync(file);")]
    [InlineData("using (var file = new Connection()) { file.Send(1); } return SaveAsync();")]
    [InlineData("var file = new Connection(); return file.SendAsync(1);")]
    [InlineData("lock (_gate) { return _load ??= SaveAsync(); }")]
    [InlineData("lock (_gate) return _connection.SendAsync(1);")]
    [InlineData("lock (_gate) { return Task.Run(() => { lock (_gate) { } }); }")]
    [InlineData("lock (_all) { return Task.WhenAll(_all); }")]
    [InlineData("try { return SaveAsync(); } catch (Exception exception) { return Task.FromException(exception); }")]
    [InlineData("var file = new Connection(); try { return file.SendAsync(1); } catch { file.Dispose(); throw; }")]
    [InlineData("var file = new Connection(); var isSent = false; try { var sent = file.SendAsync(1); isSent = true; "
        + "return sent; } finally { if (!isSent) file.Dispose(); }")]
    [InlineData("using var source = new CancellationTokenSource(); return WaitAsync(source.Token);")]
    [InlineData("using var text = new MemoryStream(); return text.FlushAsync();")]
    [InlineData("using var registration = ct.Register(() => { }); return WaitAsync(ct);")]
    [InlineData("using var file = new Connection(); var sent = file.SendAsync(1); sent.Wait(); return sent;")]
    [InlineData("using var file = new Connection(); var sent = file.SendAsync(1); if (sent.IsCompleted) return sent; "
        + "return Task.CompletedTask;")]
    [InlineData("using var file = new Connection(); return Keep(file.SendAsync(1));")]
    [InlineData("using var file = new Connection(); Func<Task> send = () => _connection.SendAsync(1); return send();")]
    public Task Ignores_a_task_that_has_nothing_in_hand(string statements) =>
        Ignores(Class($"Task M(CancellationToken ct) {{ {statements} }}"));

    [Theory]
    [InlineData("using var file = new Connection(); await file.SendAsync(1);")]
    [InlineData("using var file = new Connection(); var sent = file.SendAsync(1); await SaveAsync(); await sent;")]
    [InlineData("Task sent; using (var file = new Connection()) { sent = file.SendAsync(1); await sent; } await sent;")]
    [InlineData("Task sent; using (var file = new Connection()) { sent = file.SendAsync(1); "
        + "try { await SaveAsync(); } finally { await sent; } } await sent;")]
    [InlineData("var all = new List<Task>(); using (var file = new Connection()) { all.Add(file.SendAsync(1)); "
        + "await Task.WhenAll(all); } all.Clear();")]
    [InlineData("using var file = new Connection(); await RetryAsync(() => file.SendAsync(1));")]
    [InlineData("var file = new Connection(); Task? sent = null; try { sent = file.SendAsync(1); } "
        + "finally { if (sent != null) await sent; file.Dispose(); }")]
    [InlineData("var file = new Connection(); Task sent = Task.CompletedTask; try { sent = file.SendAsync(1); "
        + "await SaveAsync(); } finally { await sent; file.Dispose(); }")]
    [InlineData("var file = new Connection(); Task sent; try { sent = file.SendAsync(1); } "
        + "catch { file.Dispose(); throw; } await sent; file.Dispose();")]
    [InlineData("var file = new AsyncConnection(); Task sent; try { sent = file.SendAsync(1); } "
        + "catch { await file.DisposeAsync(); throw; } await sent;")]
    [InlineData("var file = new Connection(); Task sent; try { sent = file.SendAsync(1); await sent; } "
        + "finally { file.Dispose(); } await sent;")]
    [InlineData("var file = new Connection(); Task sent; try { sent = file.SendAsync(1); } "
        + "finally { _connection.Dispose(); } await sent;")]
    [InlineData("var file = new Connection(); var isSent = false; Task sent; try { sent = file.SendAsync(1); "
        + "isSent = true; } finally { if (!isSent) file.Dispose(); } await sent;")]
    [InlineData("{ using var file = new Connection(); _load = file.SendAsync(1); await _load; } await _load;")]
    [InlineData("{ using var file = new Connection(); _all.Add(file.SendAsync(1)); await Task.WhenAll(_all); }")]
    [InlineData("var file = new Connection(); try { _load = file.SendAsync(1); await SaveAsync(); } "
        + "finally { await _load!; file.Dispose(); }")]
    [InlineData("{ using var file = new Connection(); _load = file.SendAsync(1); await JoinAsync(); } await _load;")]
    [InlineData("var file = new Connection(); try { _load = file.SendAsync(1); } catch { file.Dispose(); throw; } "
        + "await _load;")]
    [InlineData("{ using var file = new Connection(); _load = file.SendAsync(1); _load.Wait(); }")]
    [InlineData("{ using var file = new Connection(); _load = SaveAsync(); } await _load;")]
    [InlineData("{ using var file = new Connection(); _load = SaveTextAsync(file.Text); } await _load;")]
    [InlineData("{ using var file = new Connection(); _load = CompleteAsync(file); } await _load;")]
    [InlineData("{ using var source = new CancellationTokenSource(); _load = WaitAsync(source.Token); } await _load;")]
    [InlineData("{ using var file = new Connection(); _load = file.SendAsync(1); SaveAsync().Wait(); } await _load;")]
    [InlineData("{ using var file = new Connection(); foreach (var i in new[] { 1 }) { _load = file.SendAsync(i); } "
        + "await _load!; }")]
    [InlineData("{ using var file = new Connection(); var all = new List<Task>(); all.Add(file.SendAsync(1)); "
        + "foreach (var sent in all) await sent; }")]
    [InlineData("using var file = new Connection(); _ = file.SendAsync(1); await file.StopAsync();")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(ct); _ = WaitAsync(source.Token); "
        + "await SaveAsync(); source.Cancel();")]
    [InlineData("_ = Task.Run(async () => { using var file = new Connection(); await file.SendAsync(1); }); "
        + "await SaveAsync();")]
    [InlineData("using var activity = _activities.StartActivity(\"save\"); _ = SaveAsync(); await SaveAsync();")]
    [InlineData("using var file = new Connection(); var ended = new TaskCompletionSource(); "
        + "_ = Task.Run(async () => { await file.SendAsync(1); ended.SetResult(); }); await ended.Task;")]
    [InlineData("using var file = new Connection(); var sent = file.SendAsync(1); Keep(sent); await SaveAsync();")]
    public Task Ignores_work_that_is_joined_or_stopped_in_time(string statements) =>
        Ignores(Class($"async Task M(CancellationToken ct) {{ {statements} }}"));

    [Fact]
    public Task Ignores_lost_work_in_a_test() => Ignores(
        Class("[Fact] async Task M() { using var file = new Connection(); _ = file.SendAsync(1); await SaveAsync(); }")
            + "\nclass FactAttribute : Attribute { }");

    [Fact]
    public Task Ignores_a_unit_of_work_that_the_work_opens() => Ignores(
        """
        using Microsoft.EntityFrameworkCore;

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext { public Task SaveChangesAsync() => Task.CompletedTask; }
        }

        class Controller
        {
            async Task M(Func<DbContext> open)
            {
                _ = Task.Run(async () => { var db = open(); await db.SaveChangesAsync(); });
                _ = Task.Run(async () => { var db = new DbContext(); await db.SaveChangesAsync(); });
                await Task.Yield();
            }
        }
        """);

    private static string Class(string member) =>
        $$"""
        using System.Buffers;
        using System.Diagnostics;
        using System.Transactions;
        using ScopedTasks;

        class Tool
        {
            public Tool(Connection connection) { }
            public Task RunAsync() => Task.Delay(1);
        }

        class AsyncConnection : IAsyncDisposable
        {
            public virtual Task SendAsync(int order) => Task.Delay(order);
            public ValueTask DisposeAsync() => default;
        }

        class Connection : IDisposable
        {
            public string Text => "";
            public Tool Tool => new(this);
            public void Send(int order) { }
            public void Flush() { }
            public int Read() => 1;
            public Stream Parse() => Stream.Null;
            public Tool CreateCommand() => new(this);
            public Task SendAsync(int order) => Task.Delay(order);
            public Task StopAsync() => Task.Delay(1);
            public Task<int> ReadAsync() => Task.Run(() => 1);
            public void Dispose() { }
        }

        class Shop
        {
            private readonly object _gate = new();
            private readonly Connection _connection = new();
            private readonly List<Task> _all = new();
            private readonly SemaphoreSlim _permits = new(1);
            private readonly ActivitySource _activities = new("shop");
            private Task? _load;

            {{member}}

            Task SaveAsync() => Task.Delay(1);
            Task JoinAsync() => _load ?? Task.CompletedTask;
            Task SaveTextAsync(string text) => Task.Delay(1);
            Task UseAsync(Connection connection) => Task.Delay(1);
            Task CompleteAsync(Connection connection) { connection.Send(1); return Task.CompletedTask; }
            Task UploadAsync(Stream stream) => Task.Delay(1);
            Task WriteAsync(ReadOnlyMemory<byte> bytes) => Task.Delay(1);
            Task WaitAsync(CancellationToken ct) => Task.Delay(1, ct);
            Task RetryAsync(Func<Task> function) => function();
            Task Keep(Task task) => task;
        }
        """;
}
