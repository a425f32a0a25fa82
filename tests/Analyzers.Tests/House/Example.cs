using System;
using System.Collections.Generic;
using System.Linq;
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
        var errors = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(error => $"{Page}({Line}): the example under {Section} does not compile: {error}")
            .ToArray();
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
