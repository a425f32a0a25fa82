using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Hands a fix-all the diagnostics that the test has found already.</summary>
internal sealed class KnownDiagnostics(IReadOnlyList<Found> found) : FixAllContext.DiagnosticProvider
{
    public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
        Project project,
        CancellationToken cancellationToken) =>
        Of(found.Where(one => one.Project.Id == project.Id));

    public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
        Document document,
        CancellationToken cancellationToken) =>
        Of(found.Where(one => one.Project.Id == document.Project.Id && one.Place.Path == document.FilePath));

    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
        Project project,
        CancellationToken cancellationToken) =>
        Of(found.Where(one => one.Project.Id == project.Id && !one.Diagnostic.Location.IsInSource));

    private static Task<IEnumerable<Diagnostic>> Of(IEnumerable<Found> chosen) =>
        Task.FromResult<IEnumerable<Diagnostic>>([.. chosen.Select(one => one.Diagnostic)]);
}
