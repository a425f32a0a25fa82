using System.Linq;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What we know about APIs is true: every row names something that exists.</summary>
public class ApiTablesTests
{
    [Fact]
    public void Every_row_resolves() =>
        Verdict.IsClean(
            from rows in ApiTables.Rows().GroupBy(row => row.Package)
            let compilation = ApiPackages.CompilationFor(rows.Key)
            from row in rows
            let violation = ApiTables.Violation(row, compilation)
            where violation is not null
            select violation);

    [Theory]
    [InlineData("System.Threading.Tasks.Tosk", "Run", null, null, "does not exist")]
    [InlineData("System.Threading.Tasks.Task", "Runn", null, null, "has no member Runn")]
    [InlineData("System.Threading.Tasks.Task", "Run", "Oction", null, "takes Oction")]
    [InlineData("NSubstitute.SubstituteExtensions", "Recieved", null, "NSubstitute", "no member Recieved")]
    [InlineData("Moq.Mock", "*", null, "Absent.Package", "does not exist in Absent.Package")]
    [InlineData("", null, null, null, "does not exist")]
    public void Names_a_row_that_does_not_resolve(
        string type, string? member, string? parameter, string? package, string expected) =>
        Assert.Contains(
            expected,
            ApiTables.Violation(
                new("MadeUp", type, member, parameter, package), ApiPackages.CompilationFor(package)));

    [Theory]
    [InlineData("System.Threading.Tasks.Task`1", "Wait", "CancellationToken", null)]
    [InlineData("System.Collections.Generic.Dictionary`2+KeyCollection", "CopyTo", null, null)]
    [InlineData("System.IO.Stream", null, null, null)]
    [InlineData("Xunit.Assert", "*", null, "xunit")]
    [InlineData("Xunit.Record", "Exception", null, "xunit")]
    [InlineData("TUnit.Assertions.Assert", "That", null, "TUnit")]
    public void Accepts_a_row_that_resolves(string type, string? member, string? parameter, string? package) =>
        Assert.Null(ApiTables.Violation(
            new("MadeUp", type, member, parameter, package), ApiPackages.CompilationFor(package)));
}
