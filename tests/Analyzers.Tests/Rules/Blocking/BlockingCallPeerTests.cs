using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE203: what other analyzers reported of twins, and their users did not want to hear.</summary>
public sealed class BlockingCallPeerTests : RuleTests<BlockingCallAnalyzer>
{
    [Theory]
    [InlineData("mock.Raise(m => { });")]
    [InlineData("NUnit.Framework.Assert.That(1, 2);")]
    [InlineData("NUnit.Framework.Assert.That(() => throw new Exception(), 1);")]
    [InlineData("TUnit.Assertions.Assert.That(1);")]
    public Task Ignores_assertions_and_stand_ins(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("context.Add(1); context.AddRange(1, 2);")]
    [InlineData("context.Orders.Add(1); context.Orders.AddRange(1);")]
    [InlineData("factory.CreateDbContext();")]
    public Task Ignores_what_a_database_context_only_notes(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("sqlite.Open();")]
    [InlineData("query.ExecuteNonQuery();")]
    public Task Ignores_a_database_that_has_no_other_way(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("validator.Validate(1);")]
    [InlineData("own.Validate(1);")]
    public Task Ignores_a_validation_that_computes(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("folder.Delete();")]
    [InlineData("folder.Find<int>(1);")]
    [InlineData("folder.Open(1);")]
    [InlineData("folder.Close2();")]
    public Task Ignores_a_twin_by_name_alone(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Ignores_the_twin_that_the_call_stands_in() => Ignores(
        Member("void Load() { } async Task LoadAsync() { await Task.Yield(); Load(); }"));

    [Fact]
    public Task Ignores_a_synchronous_lambda_of_top_level_code() => Ignores(
        "Action<System.IO.Stream> flush = s => s.Flush(); await Task.Yield(); flush(System.IO.Stream.Null);",
        Code.Program);

    private static string Async(string statements) => Member(
        $$"""
        async Task M(
                Moq.Mock<object> mock, Microsoft.EntityFrameworkCore.DbContext context,
                Microsoft.EntityFrameworkCore.IDbContextFactory<int> factory, Folder folder,
                Microsoft.Data.Sqlite.SqliteConnection sqlite, Microsoft.Data.Sqlite.SqliteCommand query,
                FluentValidation.IValidator<int> validator, FluentValidation.AbstractValidator<int> own)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        class Folder
        {
            public void Delete() { }
            public Task DeleteAsync(string name) => Task.CompletedTask;
            public int Find<T>(T value) => 1;
            public Task<int> FindAsync(string value) => Task.FromResult(1);
            public void Open(int mode) { }
            public Task OpenAsync(int mode, string name) => Task.CompletedTask;
            public void Close2() { }
            public void Close2Async() { }
        }

        class C
        {
            {{member}}
        }

        namespace Moq
        {
            public class Mock<T>
            {
                public void Raise(Action<T> raised) { }
                public Task RaiseAsync(Action<T> raised) => Task.CompletedTask;
            }
        }

        namespace NUnit.Framework
        {
            public static class Assert
            {
                public static void That(object actual, object expected) { }
                public static void That(Action actual, object expected) { }
                public static Task ThatAsync(object actual, object expected) => Task.CompletedTask;
                public static Task ThatAsync(Func<Task> actual, object expected) => Task.CompletedTask;
            }
        }

        namespace TUnit.Assertions
        {
            public static class Assert
            {
                public static void That(object value) { }
                public static Task ThatAsync(object value) => Task.CompletedTask;
            }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbSet<T>
            {
                public void Add(T value) { }
                public ValueTask AddAsync(T value) => default;
                public void AddRange(params T[] values) { }
                public Task AddRangeAsync(params T[] values) => Task.CompletedTask;
            }

            public class DbContext
            {
                public DbSet<int> Orders { get; } = new();
                public void Add(object value) { }
                public ValueTask AddAsync(object value) => default;
                public void AddRange(params object[] values) { }
                public Task AddRangeAsync(params object[] values) => Task.CompletedTask;
            }

            public interface IDbContextFactory<T>
            {
                T CreateDbContext();
                Task<T> CreateDbContextAsync();
            }
        }

        namespace Microsoft.Data.Sqlite
        {
            public class SqliteConnection : System.Data.Common.DbConnection
            {
                public override void Open() { }
                public override string ConnectionString { get; set; } = "";
                public override string Database => "";
                public override string DataSource => "";
                public override string ServerVersion => "";
                public override System.Data.ConnectionState State => default;
                public override void ChangeDatabase(string name) { }
                public override void Close() { }
                protected override System.Data.Common.DbTransaction BeginDbTransaction(
                    System.Data.IsolationLevel level) => null!;
                protected override System.Data.Common.DbCommand CreateDbCommand() => null!;
            }

            public class SqliteCommand
            {
                public int ExecuteNonQuery() => 1;
                public Task<int> ExecuteNonQueryAsync() => Task.FromResult(1);
            }
        }

        namespace FluentValidation
        {
            public interface IValidator<T>
            {
                int Validate(T value);
                Task<int> ValidateAsync(T value);
            }

            public class AbstractValidator<T> : IValidator<T>
            {
                public int Validate(T value) => 1;
                public virtual Task<int> ValidateAsync(T value) => Task.FromResult(1);
            }
        }
        """;
}
