using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>One block of C# in a page: where it stands, and what our analyzers say of it.</summary>
internal sealed record Example(string Page, string Section, int Line, string Code, string Setup)
{
    /// <summary>What is wrong with the example of a rule's page, given what its section promises.</summary>
    public async Task<IEnumerable<string>> Violations(string id)
    {
        var compilation = Trial.Compile(Wrapped(), Setup);
        var errors = Errors(compilation);
        if (errors.Length > 0)
        {
            return errors;
        }

        var reports = await Trial.Reports(compilation);
        var isReported = reports.Any(report => report.Id == id);
        return (Section, isReported) switch
        {
            ("Violation", false) => [$"{Page}({Line}): the example under Violation is not reported"],
            ("Fix" or "Not reported", true) => [$"{Page}({Line}): the example under {Section} is reported"],
            _ => reports.Where(Trial.IsCrash).Select(crash => $"{Page}({Line}): {crash.GetMessage()}"),
        };
    }

    /// <summary>
    /// What is wrong with the example of a page that explains: it compiles, it shows nothing that we report unless it
    /// says that it was so before, and if it is a program it runs to its end.
    /// </summary>
    public async Task<IEnumerable<string>> GuideViolations()
    {
        var compilation = Trial.Compile(Wrapped(), Setup);
        var errors = Errors(compilation);
        if (errors.Length > 0)
        {
            return errors;
        }

        var reports = await Trial.Reports(compilation);
        var reported = reports.Where(report => !Code.StartsWith("// Before", StringComparison.Ordinal))
            .Select(report => $"{Page}({Line}): the example under {Section} is reported: {report}");
        return compilation.Options.OutputKind == OutputKind.ConsoleApplication
            ? [.. reported, .. await Failures(compilation)]
            : reported;
    }

    private string[] Errors(Compilation compilation) =>
    [
        .. compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(error => $"{Page}({Line}): the example under {Section} does not compile: {error}"),
    ];

    private async Task<IEnumerable<string>> Failures(Compilation compilation)
    {
        using var image = new MemoryStream();
        compilation.Emit(image);
        var main = Assembly.Load(image.ToArray()).EntryPoint!;
        try
        {
            var arguments = main.GetParameters().Length == 0 ? null : new object?[] { Array.Empty<string>() };
            await Task.Run(() => main.Invoke(null, arguments)).WaitAsync(TimeSpan.FromMinutes(1));
            return [];
        }
        catch (Exception exception) when (exception is TargetInvocationException or TimeoutException)
        {
            return [$"{Page}({Line}): the example under {Section} fails: {exception.InnerException ?? exception}"];
        }
    }

    // Members that stand alone belong into a class; types and programs are files as they are.
    private string Wrapped()
    {
        var unit = CSharpSyntaxTree.ParseText(Code, Trial.Syntax).GetCompilationUnitRoot();
        var statements = unit.Members.OfType<GlobalStatementSyntax>().ToArray();
        var isBody = unit.Members.Any(member => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax
                or BaseFieldDeclarationSyntax or IncompleteMemberSyntax)
            || (statements.Length > 0
                && statements.All(statement => statement.Statement is LocalFunctionStatementSyntax));
        return isBody ? $"{unit.Usings}\npartial class Example\n{{\n{string.Concat(unit.Members)}\n}}" : Code;
    }
}
