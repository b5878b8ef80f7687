"""Addresses of payments and proofs."""

from django.urls import path

from funding.views import cash_list, payments, proofs, public_proof

proof_urls = [
    path("nachweis/<str:token>/", public_proof.public_proof, name="public-proof"),
    path("<slug:slug>/zahlungen/", payments.payments, name="payments"),
    path("<slug:slug>/zahlungen/kassenanordnung.csv", cash_list.cash_list, name="cash-list"),
    path("<slug:slug>/nachweise/", proofs.proofs, name="proofs"),
    path("<slug:slug>/nachweise/<int:pk>/erfassen/", proofs.entry, name="proof-entry"),
    path("<slug:slug>/nachweise/<int:pk>/pruefung/", proofs.check, name="proof-check"),
    path("<slug:slug>/nachweise/<int:pk>/link/", proofs.link, name="proof-link"),
    path("<slug:slug>/nachweise/<int:pk>/rueckforderung/", proofs.claim, name="proof-claim"),
]
